import AzureIoT
import Model
import TargetCore
import Testing

/// What is particular to the provisioning service.
@Suite struct AzureDPSTargetTests {
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
    func `an enrollment of another device, or of nobody known, is left as it is`(_ intent: TargetIntent)
        throws
    {
        let scenario = try scenario("own certificate")
        let (peer, marks) = try scenario.start(of: .provision)
        var first = scenario.performer(peer)
        _ = try first.perform(scenario.work(.provision, marks: marks))
        var strange = first.peer
        strange.enrollments["meter-0001"]?.optionalDeviceInformation = ["note": "made by hand"]
        if intent == .verifySeen { return }
        for (peer, device, tenant) in [
            (first.peer, "d-2", "acme"), (first.peer, "d-1", "other"), (strange, "d-1", "acme"),
        ] {
            var performer = scenario.performer(peer)
            let work = scenario.inCompany.work(intent, device: device, tenant: tenant)
            let end = try performer.perform(work).end
            guard case .refused(let fault, _) = end else {
                Issue.record("ended in \(end)")
                continue
            }
            #expect(fault.code == "azure_enrollment_of_another")
            #expect(performer.peer == peer)
            #expect(!fault.what.contains("acme"))
        }
    }

    @Test func `what others wrote into an entry stays when it is provisioned again`() throws {
        let scenario = try scenario("symmetric key")
        let (peer, marks) = try scenario.start(of: .disable)
        var changed = peer
        changed.enrollments["meter-0001"]?.initialTwin?.tags?["floor"] = "3"
        changed.enrollments["meter-0001"]?.optionalDeviceInformation?["note"] = "mind the dog"
        changed.enrollments["meter-0001"]?.iotHubs = ["other.azure-devices.net"]
        changed.enrollments["meter-0001"]?.allocationPolicy = .static
        let keys = changed.enrollments["meter-0001"]?.attestation.symmetricKey
        var performer = scenario.performer(changed)
        let known = try outcome(performer.perform(scenario.work(.provision, marks: marks)).end)
        let entry = try #require(performer.peer.enrollments["meter-0001"])
        #expect(entry.initialTwin?.tags?["floor"] == "3")
        #expect(entry.optionalDeviceInformation?["note"] == "mind the dog")
        #expect(entry.iotHubs == ["other.azure-devices.net"])
        #expect(entry.allocationPolicy == .hashed)
        #expect(entry.attestation.symmetricKey == keys)
        #expect(known.key?.unredacted == keys?.primaryKey)
    }

    @Test func `a device of a symmetric group gets the key that follows from the group's`() throws {
        let scenario = try scenario("group by symmetric key")
        var performer = scenario.performer(FakeAzure())
        let known = try outcome(performer.perform(scenario.work(.provision)).end)
        let group = try #require(performer.peer.groups["site-7"]?.attestation.symmetricKey?.primaryKey)
        let derived = try SymmetricKey.derived(
            from: Redacted(group), for: RegistrationID(trusted: "meter-0001"), AzureScenario.digests)
        #expect(known.key == derived)
        #expect(known.device?.marks["enrolment"] == "group site-7")
    }

    @Test func `removing a device of a group leaves an entry that keeps it out`() throws {
        let scenario = try scenario("group by authority")
        let (peer, marks) = try scenario.start(of: .remove)
        var performer = scenario.performer(peer)
        #expect(try outcome(performer.perform(scenario.work(.remove, marks: marks)).end).device == nil)
        #expect(performer.peer.enrollments["meter-0001"]?.provisioningStatus == .disabled)
        #expect(performer.peer.registrations.isEmpty && performer.peer.devices.isEmpty)
        // To let it in again, it is provisioned.
        _ = try outcome(performer.perform(scenario.work(.provision, marks: marks)).end)
        #expect(performer.peer.enrollments.isEmpty)
    }

    @Test func `a hub that is not among the target's is named and never called`() throws {
        var scenario = try scenario("symmetric key")
        let (peer, marks) = try scenario.start(of: .remove)
        scenario.dps?.hubs = [AzureHubAccess(host: "elsewhere.azure-devices.net", access: .bearerFile("f"))]
        var performer = scenario.performer(peer)
        let known = try outcome(performer.perform(scenario.work(.remove, marks: marks)).end)
        #expect(known.device?.marks["left"] == FakeAzure.hubHost)
        #expect(known.device?.reason.contains("still knows it") == true)
        #expect(!performer.calls.contains { $0.contains("/devices/") })
    }

    @Test func `a group that is missing, disabled or of another proof lets nobody in`() throws {
        let scenario = try scenario("group by authority")
        func code(_ peer: FakeAzure, _ scenario: AzureScenario) throws -> String? {
            var performer = scenario.performer(peer)
            guard case .refused(let fault, _) = try performer.perform(scenario.work(.provision)).end else {
                return nil
            }
            return fault.code
        }
        var strict = scenario
        strict.dps?.enrolment.makesGroup = false
        #expect(try code(FakeAzure(), strict) == "azure_group_missing")
        var (peer, _) = try scenario.start(of: .describe)
        peer.groups["site-7"]?.provisioningStatus = .disabled
        #expect(try code(peer, scenario) == "azure_group_disabled")
        peer.groups["site-7"]?.provisioningStatus = .enabled
        peer.groups["site-7"]?.attestation.x509?.caReferences?.primary = "another-ca"
        #expect(try code(peer, scenario) == "azure_group_differs")
    }

    @Test func `a device is seen when it was assigned, and told why when it was not`() throws {
        let scenario = try scenario("symmetric key")
        var (peer, marks) = try scenario.start(of: .verifySeen)
        var performer = scenario.performer(peer)
        let seen = try outcome(performer.perform(scenario.work(.verifySeen, marks: marks)).end)
        #expect(seen.seenAt == Timestamp("2026-09-01T09:00:00.000Z"))
        #expect(seen.device?.place == FakeAzure.hubHost)
        peer.registrations["meter-0001"]?.status = .failed
        peer.registrations["meter-0001"]?.errorCode = 400_209
        performer = scenario.performer(peer)
        let failed = try outcome(performer.perform(scenario.work(.verifySeen, marks: marks)).end)
        #expect(failed.seenAt == nil)
        #expect(failed.device?.reason.contains("did not let the service in") == true)
        peer.registrations = [:]
        performer = scenario.performer(peer)
        #expect(try outcome(performer.perform(scenario.work(.verifySeen, marks: marks)).end).seenAt == nil)
    }

    @Test func `keys stand in no journal, no printed call and no printed work`() throws {
        let scenario = try scenario("symmetric key")
        let (peer, marks) = try scenario.start(of: .disable)
        let keys = try #require(peer.enrollments["meter-0001"]?.attestation.symmetricKey?.primaryKey)
        var performer = scenario.performer(peer)
        var printed: [String] = []
        performer.answer = { peer, call in
            printed.append("\(call)")
            printed.append((try? CanonicalJSON.text(call)) ?? "")
            return peer.answer(call)
        }
        let work = try performer.perform(scenario.work(.disable, marks: marks)).work
        printed.append("\(work)")
        printed.append(try CanonicalJSON.text(work))
        #expect(performer.peer.enrollments["meter-0001"]?.attestation.symmetricKey?.primaryKey == keys)
        #expect(!printed.contains { $0.contains(keys) })
        #expect(printed.count > 6)
    }

    @Test func `a policy that may not read keys is waited for, not asked without end`() throws {
        let scenario = try scenario("symmetric key")
        let (peer, marks) = try scenario.start(of: .rotate)
        let target = scenario.target
        var work = scenario.work(.rotate, marks: marks)
        var performer = scenario.performer(peer)
        for _ in 0..<2 {
            guard case .call(let call) = target.step(of: work, at: performer.now) else {
                Issue.record("no call")
                return
            }
            let shown = call.name.hasSuffix("attestationmechanism")
            let reply =
                shown
                ? CloudReply(status: 200, body: Array(#"{"type":"symmetricKey"}"#.utf8))
                : performer.peer.answer(call)
            let reading = target.reading(of: reply, to: call, in: work)
            let pace = work.take(reading, of: call)
            if shown {
                #expect(
                    pace
                        == .later(
                            seconds: 300, reason: "The service did not show the keys; the device has none yet"
                        ))
            }
        }
    }
}
