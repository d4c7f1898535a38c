import Model
import Registrar
import RegistrarStore
import Targets
import TargetCore
import TestSupport
import Testing

/// Two programs at work for one registrar.
@Suite(.enabled(if: CloudPeers.areUsable, Comment(rawValue: CloudPeers.missing)))
struct TwoProcessesTests {
    /// Calls that the hub's account allows in an hour, in these tests.
    private static let allowed = 12

    @Test func `together they make as many calls as one may, and no more`() async throws {
        let peer = try HubFixture.peer("eu")
        // Longer ago than the window of the limit, so that what was put off then is due now.
        let fixture = try await HubFixture(now: RegistrarWorld.start.advanced(bySeconds: -7200))
        try await fixture.add("eu", peer)
        try await fixture.place("eu")
        let registrar = fixture.registrar.registrar
        // Work for more than both hold in hand at once, put off while the hub is away, which was long ago.
        try peer.order(.refuse, times: 0)
        for number in 0..<48 {
            try await fixture.claim("SN-\(number)")
            _ = try await fixture.registrar.submit(fixture.provision("SN-\(number)"))
        }
        try await registrar.setLimits(
            of: try await registrar.line(to: TargetID(trusted: "eu")),
            [OwnLimit("azure_hub_registry", count: Self.allowed, seconds: 3600)], reset: [])
        try peer.mend()
        let before = try peer.requests().count

        let home = try Home()
        let directory = fixture.registrar.directory.path + "/registrar"
        let run = "muster-registrar target run --directory \(directory)"
        let both = try home.shell("\(run) & \(run); wait $!")
        #expect(both.code == 0, "\(both.errors)")
        let made = try peer.requests().dropFirst(before).filter { $0.plane == "hub" }
        let registry = made.filter { !$0.path.hasPrefix("/twins") }
        #expect(registry.count == Self.allowed, "\(registry.map(\.operation))")
        let open = try await registrar.targetEntries(open: true)
        #expect(open.contains { $0.said?.contains("The target's limit") == true })
    }
}
