import Credentials
import Model
import RegistrarCore
import RegistrarStore
import TestSupport
import Testing

/// Work about fleets and the lobby, as the store keeps them.
@Suite struct FleetTests {
    private static let now = Timestamp(milliseconds: 1_790_000_000_000)
    private static let eu = TargetID(trusted: "eu")
    private let directory: TemporaryDirectory
    private let store: RegistrarStore

    init() throws {
        directory = try TemporaryDirectory()
        try RegistrarStore.make(
            directory: directory.path, registrar: RegistrarID(trusted: "r-1"), name: "Test", at: Self.now,
            digest: Digest.sha256)
        store = try RegistrarStore(directory: directory.path, digest: Digest.sha256)
    }

    private func open(_ work: String) async throws -> FleetEntry {
        try await store.openFleetWork(.bulk, at: Self.eu, about: "s3://a/b", work, by: nil, at: Self.now)
    }

    @Test func `of one subject there is one piece of work open, which is gone on with`() async throws {
        let first = try await open("1")
        #expect(try await open("2") == first)
        try await store.keepFleetWork(first.number, "3", at: Self.now)
        #expect(try await open("4").work == "3")
        try await store.setFleetWork(first, to: .open, saying: "slow", by: nil, at: Self.now)
        #expect(try await store.fleetWork(.bulk, at: Self.eu, open: true).map(\.said) == ["slow"])
        try await store.setFleetWork(first, to: .done, saying: "all", by: nil, at: Self.now)
        #expect(try await store.fleetWork(open: true).isEmpty)
        // What has ended does not change any more.
        try await store.keepFleetWork(first.number, "5", at: Self.now)
        #expect(try await store.fleetWork().map(\.work) == ["3"])
        #expect(try await open("6").number != first.number)
        #expect(try await store.fleetWork(.transfer).isEmpty)
        #expect(try await store.verifyAudit().broken == nil)
    }

    @Test func `an entry of the lobby is kept only over the one that was read`() async throws {
        func keep(_ new: String, over old: String?) async throws -> Bool {
            try await store.keepLobbyEntry(
                .zero, new, replacing: old, noting: "claimed", [:], by: nil, at: Self.now)
        }
        #expect(try await keep("a", over: nil))
        #expect(try await !keep("b", over: nil), "somebody else was faster")
        #expect(try await keep("b", over: "a"))
        #expect(try await store.lobbyEntry(.zero) == "b")
        #expect(try await store.lobby().map(\.entry) == ["b"])
    }
}
