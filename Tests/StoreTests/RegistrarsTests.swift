import Foundation
import Model
import Store
import SyncCore
import TestSupport
import Testing

private typealias Fixture = StoreFixture

@Suite struct RegistrarsTests {
    private let fixture: StoreFixture
    private var store: Store { fixture.store }

    init() throws { fixture = try StoreFixture() }

    private func profile(_ name: String) -> RegistrarProfile {
        RegistrarProfile(
            registrar: RegistrarID(trusted: name), name: name, url: "https://\(name):8443",
            receiptKeys: ["k1": "AAAA"], sealingKeyID: "s1", sealingKey: "BBBB")
    }

    private func session(_ name: String, _ operatorID: String = "jo", token: String = "secret-token")
        -> Session
    {
        Session(
            registrar: RegistrarID(trusted: name), operatorID: OperatorID(trusted: operatorID),
            token: Redacted(token))
    }

    @Test func `the session chosen last is the active one and work goes to its registrar`() async throws {
        try await store.saveRegistrar(profile("hub"), at: Fixture.start)
        try await store.saveRegistrar(profile("lab"), at: Fixture.start)
        try await store.saveSession(session("hub"), at: Fixture.start)
        try await store.saveSession(session("lab", "kim"), at: Fixture.start)
        #expect(try await store.activeSession() == session("lab", "kim"))
        #expect(
            try await store.chooseSession(
                RegistrarID(trusted: "hub"), OperatorID(trusted: "jo"), at: Fixture.start))
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        #expect(try await store.entry(Fixture.id(1))?.registrar == RegistrarID(trusted: "hub"))
        #expect(try await store.registrars().map(\.name) == ["hub", "lab"])
        try await store.removeSession(
            RegistrarID(trusted: "hub"), OperatorID(trusted: "jo"), at: Fixture.start)
        #expect(try await store.sessions() == [session("lab", "kim")])
    }

    @Test func `work captured before pairing goes to the registrar paired with then`() async throws {
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        #expect(try await store.entry(Fixture.id(1))?.registrar == nil)
        try await store.saveRegistrar(profile("hub"), at: Fixture.start)
        try await store.saveSession(session("hub"), at: Fixture.start)
        #expect(try await store.entry(Fixture.id(1))?.registrar == RegistrarID(trusted: "hub"))
    }

    @Test func `work captured while signed out queues behind what the registrar already has to get`()
        async throws
    {
        try await store.saveRegistrar(profile("hub"), at: Fixture.start)
        var first = Fixture.claim(1)
        first.registrar = RegistrarID(trusted: "hub")
        try await store.accept(
            [(Fixture.id(1), first), (Fixture.id(2), Fixture.note(1))], at: Fixture.start)
        #expect(try await store.entry(Fixture.id(2))?.state == .queued)
        try await store.saveSession(session("hub"), at: Fixture.start)
        #expect(try await store.entry(Fixture.id(2))?.state == .blocked)
        #expect(try await store.entry(Fixture.id(2))?.waitingFor == Fixture.id(1))
    }

    @Test func `a token stands in no entry, no audit and no export`() async throws {
        try await store.saveRegistrar(profile("hub"), at: Fixture.start)
        try await store.saveSession(session("hub", token: "tok-3F9A"), at: Fixture.start)
        try await store.accept([(Fixture.id(1), Fixture.claim(1))], at: Fixture.start)
        let audit = try CanonicalJSON.text(await store.auditEntries())
        let export = try CanonicalJSON.text(await store.exportOutbox())
        let entries = try CanonicalJSON.text(await store.entries())
        let sessions = try await store.sessions()
        for text in [audit, export, entries, "\(sessions)", String(reflecting: sessions)] {
            #expect(!text.contains("tok-3F9A"))
        }
    }

    @Test func `a removed token leaves no bytes behind in the file`() async throws {
        let token = "tok-5D1E77C0A2B94"
        try await store.saveRegistrar(profile("hub"), at: Fixture.start)
        try await store.saveSession(session("hub", token: token), at: Fixture.start)
        let lease = try #require(try await store.becomeSender(at: Fixture.start))
        try await store.checkpointIfSender(lease, idle: true)
        try await store.removeSession(
            RegistrarID(trusted: "hub"), OperatorID(trusted: "jo"), at: Fixture.start)
        try await store.checkpointIfSender(lease, idle: true)
        let file = try Data(contentsOf: URL(filePath: fixture.path + "/store.db"))
        #expect(file.range(of: Data(token.utf8)) == nil)
    }

    @Test func `the most exact clock measurement of a boot is kept`() async throws {
        func offset(_ milliseconds: Int64, _ error: Int64) -> ClockOffset {
            ClockOffset(
                offsetMilliseconds: milliseconds, errorMilliseconds: error, measuredAt: Fixture.start)
        }
        try await store.noteClockOffset(offset(900, 50), bootID: "a")
        try await store.noteClockOffset(offset(700, 20), bootID: "a")
        try await store.noteClockOffset(offset(100, 90), bootID: "a")
        #expect(try await store.clockOffset(bootID: "a") == offset(700, 20))
        #expect(try await store.clockOffset(bootID: "b") == nil)
    }
}
