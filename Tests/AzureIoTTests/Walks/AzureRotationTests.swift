import AzureIoT
import Model
import TargetCore
import Testing

/// Rotations at the provisioning service, where Azure gives no certificate back.
@Suite struct AzureRotationTests {
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

    @Test func `a rotation of keys gives the second key away, and ends with a fresh one in its place`() throws
    {
        let scenario = try scenario("symmetric key")
        let (peer, marks) = try scenario.start(of: .rotate)
        let before = try #require(peer.enrollments["meter-0001"]?.attestation.symmetricKey)
        var performer = scenario.performer(peer)
        let rotated = try outcome(performer.perform(scenario.work(.rotate, marks: marks)).end)
        #expect(rotated.key?.unredacted == before.secondaryKey)
        #expect(performer.peer == peer)
        let end = try performer.perform(scenario.work(.finishRotation, marks: rotated.device?.marks ?? [:]))
            .end
        let finished = try outcome(end)
        let after = try #require(performer.peer.enrollments["meter-0001"]?.attestation.symmetricKey)
        #expect(after.primaryKey == before.secondaryKey)
        #expect(after.secondaryKey != before.primaryKey && after.secondaryKey != before.secondaryKey)
        // Ending it once more, without a rotation, takes no key away.
        var again = scenario.performer(performer.peer)
        let second = try again.perform(scenario.work(.finishRotation, marks: finished.device?.marks ?? [:]))
            .end
        guard case .refused(let fault, _) = second else {
            Issue.record("ended in \(second)")
            return
        }
        #expect(fault.code == "azure_rotation_not_begun")
        #expect(again.peer == performer.peer)
    }

    @Test func `both certificates are in between rotation and its end, and the new one alone after it`()
        throws
    {
        let scenario = try scenario("own certificate")
        let (peer, marks) = try scenario.start(of: .finishRotation)
        let slots = peer.enrollments["meter-0001"]?.attestation.x509?.clientCertificates
        #expect(slots?.primary?.certificate == AzureScenario.oldCertificate)
        #expect(slots?.secondary?.certificate == AzureScenario.newCertificate)
        var performer = scenario.performer(peer)
        let known = try outcome(performer.perform(scenario.work(.finishRotation, marks: marks)).end)
        let after = performer.peer.enrollments["meter-0001"]?.attestation.x509?.clientCertificates
        #expect(after?.primary?.certificate == AzureScenario.newCertificate)
        #expect(after?.secondary == nil)
        #expect(known.device?.marks["candidate"] == nil)
        #expect(known.device?.marks["certificate"] == AzureScenario.newCertificate)
    }

    @Test
    func `a certificate that Azure does not give back, and nobody has, stops a rotation and no disabling`()
        throws
    {
        let scenario = try scenario("own certificate")
        let (peer, _) = try scenario.start(of: .rotate)
        var performer = scenario.performer(peer)
        let end = try performer.perform(scenario.work(.rotate, marks: [:])).end
        guard case .refused(let fault, _) = end else {
            Issue.record("ended in \(end)")
            return
        }
        #expect(fault.code == "azure_certificate_lacking")
        #expect(performer.peer == peer)
        var work = scenario.work(.disable, marks: [:])
        work.device.proof = nil
        #expect(try outcome(performer.perform(work).end).device?.standing == .disabled)
        #expect(performer.peer.enrollments["meter-0001"]?.provisioningStatus == .disabled)
        #expect(performer.peer.devices["meter-0001"]?.status == .disabled)
        // It lost its certificate, so that enabling it asks for one.
        work.intent = .enable
        guard case .refused(let second, _) = try performer.perform(work).end else {
            Issue.record("enabled without a certificate")
            return
        }
        #expect(second.code == "azure_certificate_lacking")
        work.device.proof = .certificate(AzureScenario.newCertificate)
        #expect(try outcome(performer.perform(work).end).device?.standing == .enabled)
        let slots = performer.peer.enrollments["meter-0001"]?.attestation.x509?.clientCertificates
        #expect(slots?.primary?.certificate == AzureScenario.newCertificate)
    }
}
