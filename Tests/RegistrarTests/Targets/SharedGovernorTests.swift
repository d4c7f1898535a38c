import Credentials
import Model
import Registrar
import RegistrarStore
import SQLite
import Synchronization
import TargetCore
import TestSupport
import Testing

/// Several that share one registrar, each with a desk and a store of its own as a process has them, stay under a limit together.
@Suite struct SharedGovernorTests {
    private let directory: TemporaryDirectory
    private let clock = Clock()
    private let limit = CloudLimit("all", plane: "p", count: 20, seconds: 60, source: "a test")
    private let call = CloudCall("c", plane: "p", method: "GET", path: [])
    private let device = DeviceID(trusted: "d-1")

    private final class Clock: Sendable {
        private let milliseconds = Mutex<Int64>(1_790_000_000_000)

        @Sendable func now() -> Timestamp { Timestamp(milliseconds: milliseconds.withLock { $0 }) }

        func set(_ time: Timestamp) { milliseconds.withLock { $0 = time.milliseconds } }
    }

    init() throws {
        directory = try TemporaryDirectory()
        try RegistrarStore.make(
            directory: directory.path, registrar: RegistrarID(trusted: "r-1"), name: "Test", at: clock.now(),
            digest: Digest.sha256)
    }

    private func store() throws -> RegistrarStore {
        try RegistrarStore(directory: directory.path, digest: Digest.sha256)
    }

    private func desk() throws -> GovernorDesk { GovernorDesk(try store(), now: clock.now) }

    private func ask(_ desk: GovernorDesk, as kind: GovernedClass = .bulk) async throws -> Admission {
        try await desk.admit(call, for: device, of: "account", under: [limit], as: kind)
    }

    /// Callers in turn at the desks, each asking again when it was told to; when calls were made, in milliseconds.
    private func calls(_ count: Int, at desks: [GovernorDesk], callers: Int) async throws -> [Int64] {
        var asksAt = Array(repeating: clock.now(), count: callers)
        var made: [Int64] = []
        while made.count < count {
            guard let next = asksAt.indices.min(by: { asksAt[$0] < asksAt[$1] }) else { break }
            clock.set(max(asksAt[next], clock.now()))
            switch try await ask(desks[next % desks.count]) {
            case .now: made.append(clock.now().milliseconds)
            case .later(let time, _): asksAt[next] = time
            }
        }
        return made
    }

    private func mostInWindow(_ times: [Int64]) -> Int {
        times.map { end in times.count { $0 > end - limit.window && $0 <= end } }.max() ?? 0
    }

    @Test(arguments: [1, 2, 3])
    func `no window holds more calls than it may, and nearly as many as it may`(_ desks: Int) async throws {
        let desks = try (0..<desks).map { _ in try desk() }
        let made = try await calls(limit.count * 10, at: desks, callers: 6)
        #expect(mostInWindow(made) <= limit.count)
        let took = try #require(made.last) - made[0]
        #expect(took <= 10 * limit.window * 105 / 100)
    }

    @Test func `asked by many at once, exactly as many are let through as there is room for`() async throws {
        let desks = [try desk(), try desk()]
        let admissions = try await withThrowingTaskGroup(of: Admission.self) { group in
            for number in 0..<100 {
                group.addTask { try await ask(desks[number % 2], as: .interactive) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(admissions.count { $0 == .now } == limit.count)
    }

    @Test func `what a process has counted outlives it`() async throws {
        do {
            let first = try desk()
            for _ in 0..<limit.count { #expect(try await ask(first, as: .interactive) == .now) }
        }
        let second = try desk()
        guard case .later(let time, let name) = try await ask(second, as: .interactive) else {
            Issue.record("the calls of the process that has ended are forgotten")
            return
        }
        #expect(name == limit.name)
        clock.set(time)
        #expect(try await ask(second, as: .interactive) == .now)
    }

    @Test func `a complaint to one slows the others at once`() async throws {
        let (one, other) = (try desk(), try desk())
        #expect(try await ask(one, as: .interactive) == .now)
        #expect(try await ask(other, as: .interactive) == .now)
        await one.answered(
            call, for: device, of: "account", under: [limit], .throttled(retryAfterSeconds: 30),
            sent: clock.now())
        try await one.keep()
        guard case .later(let time, _) = try await ask(other, as: .interactive) else {
            Issue.record("the other does not know of the complaint")
            return
        }
        #expect(time >= clock.now().advanced(bySeconds: 30))
        #expect(try await other.governor(of: "account", [limit]).share(of: limit) < 1_000_000)
    }

    @Test func `numbers that are set count from the next call on, without a restart`() async throws {
        let (desk, administrator) = (try desk(), try store())
        for _ in 0..<limit.count { #expect(try await ask(desk, as: .interactive) == .now) }
        #expect(try await ask(desk, as: .interactive) != .now)
        let target = TargetID(trusted: "eu")
        try await administrator.setLimits(
            of: "account", [OwnLimit("all", count: 22)], reset: [], at: target, by: nil, at: clock.now())
        #expect(try await ask(desk, as: .interactive) == .now)
        let shown = try #require(try await desk.governor(of: "account", [limit]).limits.first)
        #expect(shown.count == 22 && shown.published?.count == 20)
        try await administrator.setLimits(
            of: "account", [], reset: ["all"], at: target, by: nil, at: clock.now())
        #expect(try await ask(desk, as: .interactive) != .now)
        let audit = try await administrator.history(of: target)
        #expect(audit.map(\.action) == ["limit_reset", "limit_set"])
        #expect(audit.last?.detail["calls"] == "22")
    }

    @Test func `a store that fails is said to everybody who asked, and asked again it answers`() async throws
    {
        let desk = try desk()
        #expect(try await ask(desk) == .now)
        let other = try SQLiteConnection(path: directory.file("registrar.db"))
        try other.execute("ALTER TABLE governor RENAME TO mislaid")
        for _ in 0..<2 { await #expect(throws: RegistrarStoreError.self) { _ = try await ask(desk) } }
        try other.execute("ALTER TABLE mislaid RENAME TO governor")
        #expect(try await ask(desk, as: .interactive) == .now)
    }
}
