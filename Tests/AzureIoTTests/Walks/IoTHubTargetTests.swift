import AzureIoT
import Model
import TargetCore
import Testing

/// What is particular to a hub without a provisioning service.
@Suite struct IoTHubTargetTests {
    private func scenario(_ name: String) throws -> AzureScenario {
        try #require(AzureScenario.all.first { $0.name == name })
    }

    private func outcome(_ end: Performer<FakeAzure>.End) throws -> TargetOutcome {
        guard case .done(let outcome) = end else {
            Issue.record("ended in \(end)")
            throw TargetFault.unended
        }
        return outcome
    }

    @Test(arguments: TargetIntent.allCases)
    func `a device of another, or of nobody known, is left as it is`(_ intent: TargetIntent) throws {
        let scenario = try scenario("hub by symmetric key")
        let (peer, _) = try scenario.start(of: .describe)
        var strange = peer
        strange.devices["meter-0001"]?.statusReason = nil
        strange.twins["meter-0001"] = ["muster": "mine"]
        for (peer, device, tenant) in [
            (peer, "d-2", "acme"), (peer, "d-1", "other"), (strange, "d-1", "acme"),
        ] {
            var performer = scenario.performer(peer)
            let work = scenario.inCompany.work(intent, device: device, tenant: tenant)
            let end = try performer.perform(work).end
            guard case .refused(let fault, _) = end else {
                Issue.record("ended in \(end)")
                continue
            }
            #expect(fault.code == "azure_hub_device_of_another")
            #expect(performer.peer == peer)
        }
    }

    @Test func `a device whose reason was written over is known by its tags`() throws {
        let scenario = try scenario("hub by thumbprint")
        var (peer, marks) = try scenario.start(of: .disable)
        peer.devices["meter-0001"]?.statusReason = "changed in the portal"
        var performer = scenario.performer(peer)
        let known = try outcome(performer.perform(scenario.work(.disable, marks: marks)).end)
        #expect(known.device?.standing == .disabled)
        #expect(performer.peer.devices["meter-0001"]?.statusReason?.hasPrefix("muster ") == true)
    }

    @Test func `the thumbprint is the SHA-256 of the certificate, beside the old one until the end`() throws {
        let scenario = try scenario("hub by thumbprint")
        let (peer, marks) = try scenario.start(of: .finishRotation)
        let old = CertificatePEM.thumbprint(AzureScenario.oldCertificate, AzureScenario.digests)
        let new = CertificatePEM.thumbprint(AzureScenario.newCertificate, AzureScenario.digests)
        #expect(old?.utf8.count == 64 && old == old?.uppercased())
        let slots = peer.devices["meter-0001"]?.authentication?.x509Thumbprint
        #expect(slots == HubAuthentication.Thumbprints(primaryThumbprint: old, secondaryThumbprint: new))
        var performer = scenario.performer(peer)
        _ = try outcome(performer.perform(scenario.work(.finishRotation, marks: marks)).end)
        let after = performer.peer.devices["meter-0001"]?.authentication?.x509Thumbprint
        #expect(after == HubAuthentication.Thumbprints(primaryThumbprint: new))
    }

    @Test func `a hub's word on a connection comes with the time and with a warning`() throws {
        let scenario = try scenario("hub by symmetric key")
        var (peer, marks) = try scenario.start(of: .verifySeen)
        var performer = scenario.performer(peer)
        let never = try outcome(performer.perform(scenario.work(.verifySeen, marks: marks)).end)
        #expect(never.seenAt == nil)
        #expect(never.device?.reason.contains("never heard of it") == true)
        peer.devices["meter-0001"]?.connectionState = .connected
        peer.devices["meter-0001"]?.lastActivityTime = "2026-09-01T09:00:00.5Z"
        performer = scenario.performer(peer)
        let seen = try outcome(performer.perform(scenario.work(.verifySeen, marks: marks)).end)
        #expect(seen.seenAt == Timestamp("2026-09-01T09:00:00.500Z"))
        #expect(seen.device?.reason.contains("minutes late") == true)
        #expect(seen.device?.endpoint == "mqtts://contoso-hub.azure-devices.net:8883")
        #expect(performer.peer == peer)
    }

    @Test func `nothing that a hub target calls is a connection of the device`() throws {
        for walk in AzureWalk.all where walk.scenario.hub != nil {
            let (peer, marks) = try walk.scenario.start(of: walk.intent)
            var performer = walk.scenario.performer(peer)
            _ = try performer.perform(walk.scenario.work(walk.intent, marks: marks))
            #expect(performer.calls.allSatisfy { !$0.contains("messages") }, "\(walk.testDescription)")
        }
    }

    @Test func `limits name only calls that are made, and each hub has its own`() {
        let names = Set((AzureLimits.service + AzureLimits.registration + AzureLimits.hub("h")).map(\.name))
        #expect(names.count == 7)
        let limits = AzureLimits.limits(of: AzureScenario.dps(AzureEnrolment(proof: .tpm)))
        #expect(limits.count == 5)
        #expect(limits.first?.covers(plane: "dps-service", call: "GET /enrollments/{id}") == true)
        let hub = limits.filter {
            $0.covers(plane: "iot-hub/\(FakeAzure.hubHost)", call: "PUT /devices/{id}")
        }
        #expect(hub.map(\.count) == [100])
        #expect(AzureLimits.hub("h", tier: .s3, units: 2).first?.count == 10_000)
        #expect(
            AzureLimits.limits(of: AzureScenario.hub(.authority)).allSatisfy {
                $0.seconds > 0 && $0.count > 0
            })
    }
}
