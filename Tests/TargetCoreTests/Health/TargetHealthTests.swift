import Model
import TargetCore
import Testing

/// When a target is found to be away by itself, and when it is there again.
@Suite struct TargetHealthTests {
    /// Seconds after a fixed moment.
    private func at(_ seconds: Int64) -> Timestamp { moment(seconds * 1000) }

    private func failures(_ seconds: [Int64]) -> TargetSightings {
        var seen = TargetSightings()
        for second in seconds { seen.failed("no answer", at: at(second)) }
        return seen
    }

    private func answer(_ second: Int64) -> TargetSightings {
        var seen = TargetSightings()
        seen.answered(at: at(second))
        return seen
    }

    /// Health after failures from 0 to 300 seconds, under a policy of 300.
    private func down() throws -> (health: TargetHealth, outage: TargetHealth.Outage) {
        var health = TargetHealth()
        let change = health.learn(failures([0, 60, 300]), downAfterSeconds: 300, at: at(300))
        guard case .wentDown(let outage) = change else {
            throw Unexpected(change: change)
        }
        return (health, outage)
    }

    private func learn(
        _ health: inout TargetHealth, _ seen: TargetSightings, at second: Int64, after seconds: Int = 300
    ) -> TargetHealth.Change? {
        health.learn(seen, downAfterSeconds: seconds, at: at(second))
    }

    private struct Unexpected: Error {
        var change: TargetHealth.Change?
    }

    @Test func `it goes down once calls have failed for as long as the policy says, and once only`() throws {
        var health = TargetHealth()
        #expect(learn(&health, failures([0, 100, 200]), at: 200) == nil)
        #expect(learn(&health, failures([299]), at: 299) == nil)
        let change = health.learn(failures([300]), downAfterSeconds: 300, at: at(301))
        let outage = try #require(health.outage)
        #expect(change == .wentDown(outage))
        #expect(outage.since == at(0) && outage.reason == "no answer")
        #expect(learn(&health, failures([400]), at: 400) == nil)
        #expect(health.outage?.since == at(0))
    }

    @Test func `two failures say nothing however far apart, and a policy of 0 never takes one for down`() {
        var health = TargetHealth()
        #expect(learn(&health, failures([0, 1000]), at: 1000) == nil)
        #expect(learn(&health, failures([1001]), at: 1001) != nil)
        var never = TargetHealth()
        let all = failures((0...100).map { $0 * 60 })
        #expect(learn(&never, all, at: 6000, after: 0) == nil)
    }

    @Test func `an answer between makes failures new ones`() {
        var health = TargetHealth()
        _ = health.learn(failures([0, 100, 200]), downAfterSeconds: 300, at: at(200))
        #expect(learn(&health, answer(250), at: 250) == nil)
        #expect(health == TargetHealth())
        #expect(learn(&health, failures([260, 300, 500]), at: 500) == nil)
        var mixed = answer(510)
        mixed.failed("no answer", at: at(520))
        #expect(learn(&health, mixed, at: 520) == nil)
        #expect(health.failures?.since == at(520))
    }

    @Test func `failures of different times are not one outage, nor are those of a clock that was set back`()
    {
        var health = TargetHealth()
        _ = health.learn(failures([0, 1]), downAfterSeconds: 300, at: at(1))
        #expect(learn(&health, failures([86_400, 86_401]), at: 86_401) == nil)
        #expect(health.failures?.since == at(86_400))
        #expect(learn(&health, failures([10, 11, 12]), at: 12) == nil)
        #expect(health.failures?.since == at(10))
    }

    @Test func `what another process saw fail after our answer still counts`() {
        var health = TargetHealth()
        _ = health.learn(failures([0, 100, 200]), downAfterSeconds: 300, at: at(200))
        _ = health.learn(answer(150), downAfterSeconds: 300, at: at(201))
        #expect(health.failures?.since == at(200) && health.failures?.count == 1)
    }

    @Test func `the first answer brings it up, and says since when it was down`() throws {
        let (kept, outage) = try down()
        var health = kept
        #expect(learn(&health, answer(900), at: 900) == .cameUp(outage))
        #expect(health == TargetHealth())
    }

    /// Those of the seconds at which a harmless call was due, each asked for by two processes.
    private func tries(
        _ health: inout TargetHealth, at seconds: [Int64], downAfterSeconds: Int = 300
    ) -> [Int64] {
        var due: [Int64] = []
        for second in seconds {
            for _ in 0..<2 where health.takeTry(downAfterSeconds: downAfterSeconds, at: at(second)) {
                due.append(second)
            }
        }
        return due
    }

    @Test func `one harmless call is tried at growing intervals, by one process each time`() throws {
        var (health, _) = try down()
        let tries = tries(&health, at: Array(300...12_000))
        #expect(tries.prefix(5) == [330, 390, 510, 750, 1230])
        let last = zip(tries.dropFirst(6), tries.dropFirst(5)).map { $0 - $1 }
        #expect(!last.isEmpty && last.allSatisfy { $0 == 900 })
        // A clock that was set back does not put the next off for long.
        let back = self.tries(&health, at: [-100_000])
        #expect(back == [-100_000])
    }

    @Test func `a target that fails is tried before it is down, one that answers or may not go down never`() {
        var health = TargetHealth()
        let healthy = tries(&health, at: [0, 1000])
        #expect(healthy.isEmpty)
        _ = health.learn(failures([0]), downAfterSeconds: 300, at: at(0))
        let due = tries(&health, at: [59, 60])
        #expect(Set(due) == [60])
        let never = tries(&health, at: [60], downAfterSeconds: 0)
        #expect(never.isEmpty)
    }

    @Test func `it is kept whole`() throws {
        let (health, _) = try down()
        let text = try CanonicalJSON.encode(health)
        #expect(try CanonicalJSON.decode(TargetHealth.self, from: text) == health)
    }
}
