import AzureIoT
import Model
import Registrar
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets
import TestSupport
import Testing
import Wire

/// A region that goes away in the middle of work and comes back, without anybody saying so.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct LostRegionTests {
    private let eu: AzurePeer
    private let us: AzurePeer
    private let fixture: HubFixture
    private let euID = TargetID(trusted: "eu")
    private var registrar: Registrar { fixture.registrar.registrar }

    init() async throws {
        eu = try HubFixture.peer("eu")
        us = try HubFixture.peer("us")
        fixture = try await HubFixture()
    }

    private func prepare(downAfter: Int? = nil, proof: IoTHubSettings.Proof = .symmetricKey) async throws {
        try await fixture.add("eu", eu, proof: proof, downAfter: downAfter)
        try await fixture.add("us", us, proof: proof)
        try await fixture.place("eu", "us")
    }

    private func outage() async throws -> TargetHealth.Outage? {
        try await registrar.seenTargets()[euID]?.health.outage
    }

    /// A minute of rounds, as a registrar that serves makes them.
    private func rounds(minutes: Int) async throws {
        for _ in 0..<minutes {
            fixture.registrar.world.advance(seconds: 60)
            try await registrar.workAtTargets(until: fixture.registrar.world.time.advanced(bySeconds: 60))
        }
    }

    @Test(arguments: [PeerFault.refuse, .status(503)])
    func `nothing is lost, the other region takes the next, and the region comes back`(
        _ fault: PeerFault
    ) async throws {
        try await prepare()
        for serial in ["SN-0", "SN-1", "SN-2", "SN-3", "SN-4"] { try await fixture.claim(serial) }
        #expect(try fixture.place(try await fixture.send(fixture.provision("SN-0"), for: 10)) == "eu")
        // One is in the middle there, one waits with nothing sent.
        try eu.order(.refuse, on: "PUT /devices/{id}", times: 0)
        let middle = try fixture.provision("SN-1")
        #expect(try await fixture.send(middle, for: 5).receipt == nil)
        try eu.order(fault, times: 0)
        let waiting = try fixture.provision("SN-2")
        #expect(try await fixture.send(waiting, for: 60).problem?.knownCode == .inProgress)
        #expect(try await outage() == nil, "a minute is not enough")
        // Both are asked for until the outage is found.
        #expect(try fixture.place(try await fixture.send(waiting, for: 1200)) == "us")
        let found = try #require(try await outage())
        #expect(try await fixture.send(middle, for: 60).problem?.knownCode == .inProgress, "it stays")
        #expect(try fixture.place(try await fixture.send(fixture.provision("SN-3"), for: 10)) == "us")
        #expect(try HubFixture.devices(us) == ["SN-2", "SN-3"])

        try eu.mend()
        try await rounds(minutes: 16)
        #expect(try await outage() == nil)
        #expect(try fixture.place(try await fixture.send(middle, for: 10)) == "eu")
        #expect(try fixture.place(try await fixture.send(fixture.provision("SN-4"), for: 10)) == "eu")
        #expect(try HubFixture.devices(eu) == ["SN-0", "SN-1", "SN-4"])
        #expect(try HubFixture.devices(us) == ["SN-2", "SN-3"])

        let history = try await registrar.history(of: euID)
        #expect(history.prefix(2).map(\.action) == ["target_up", "target_down"])
        #expect(history.prefix(2).allSatisfy { $0.actor == nil })
        #expect(history[1].detail["since"] == found.since.description && history[1].detail["reason"] != nil)
        #expect(try await registrar.verifyAudit().broken == nil)
    }

    @Test func `the record says why the device is elsewhere, and what was opened first stays in the journal`()
        async throws
    {
        try await prepare()
        try await fixture.claim("SN-1")
        try eu.order(.refuse, times: 0)
        let operation = try fixture.provision("SN-1")
        let receipt = try fixture.registrar.receipt(try await fixture.send(operation, for: 1200))
        let reason = try #require(receipt.target?.reason)
        #expect(reason.hasPrefix("us: ") && reason.contains("eu is down"), "\(reason)")
        let entries = try await registrar.targetEntries(open: false)
        #expect(entries.map(\.state) == ["done", "cancelled"])
        #expect(entries.map(\.target.rawValue) == ["us", "eu"])
    }

    @Test func `a certificate that was issued for one place goes with the device to the other`() async throws
    {
        try await prepare(proof: .thumbprint)
        try await fixture.claim("SN-1")
        try eu.order(.refuse, times: 0)
        let receipt = try fixture.registrar.receipt(
            try await fixture.send(fixture.certify("SN-1"), for: 1200))
        #expect(receipt.target?.target.rawValue == "us" && receipt.certificateChain != nil)
        let standing = try await registrar.standing()
        #expect(standing.certificatesIssued == 1 && standing.certificatesRevoked == 0)
        #expect(standing.warnings.contains { $0.contains("eu has not answered since") })
    }

    @Test func `a person's word is never undone, and takes back what was found`() async throws {
        try await prepare()
        try await fixture.claim("SN-1")
        try eu.order(.refuse, times: 0)
        _ = try await fixture.send(fixture.provision("SN-1"), for: 1200)
        try #require(try await outage() != nil)
        #expect(try await registrar.mark(euID, as: .up))
        #expect(try await outage() == nil, "whoever says up is believed")
        #expect(try await registrar.mark(euID, as: .down))
        try eu.mend()
        #expect(try await registrar.check(euID).isGood)
        try await rounds(minutes: 30)
        let rules = try #require(try await registrar.placementRules())
        #expect(rules.candidates.first { $0.target == euID }?.standing == .down)
        try await fixture.claim("SN-2")
        #expect(try fixture.place(try await fixture.send(fixture.provision("SN-2"), for: 10)) == "us")
    }

    @Test func `under a policy of never, and where no other target is, devices wait for their own`()
        async throws
    {
        try await prepare(downAfter: 0)
        try await fixture.claim("SN-1")
        try eu.order(.refuse, times: 0)
        let patient = try fixture.provision("SN-1")
        #expect(try await fixture.send(patient, for: 1200).problem?.knownCode == .inProgress)
        #expect(try await outage() == nil)
        try await fixture.place("eu")
        try await fixture.claim("SN-2")
        let alone = try fixture.provision("SN-2")
        #expect(try await fixture.send(alone, for: 1200).problem?.knownCode == .inProgress)
        try eu.mend()
        #expect(try fixture.place(try await fixture.send(patient, for: 1200)) == "eu")
        #expect(try fixture.place(try await fixture.send(alone, for: 1200)) == "eu")
    }

    @Test func `a policy of half a minute finds it sooner`() async throws {
        try await prepare(downAfter: 30)
        try await fixture.claim("SN-1")
        try eu.order(.refuse, times: 0)
        let before = fixture.registrar.world.time
        #expect(try fixture.place(try await fixture.send(fixture.provision("SN-1"), for: 1200)) == "us")
        #expect(fixture.registrar.world.time < before.advanced(bySeconds: 300))
    }
}
