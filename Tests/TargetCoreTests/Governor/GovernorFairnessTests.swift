import Model
import TargetCore
import TestSupport
import Testing

@Suite struct GovernorFairnessTests {
    private let call = GovernedCall(plane: "p", name: "c")

    private func caller(
        _ group: GovernedClass, left: Int, pause: ClosedRange<Int64> = 0...0, asksAt: Int64 = 0
    ) -> GovernorSimulation.Caller {
        .init(call: call, group: group, left: left, pause: pause, asksAt: asksAt)
    }

    @Test(arguments: [(1000, 60), (100, 60), (10, 1), (4, 1)])
    func `a person among bulk work is not kept waiting, and bulk work uses the rest`(
        count: Int, seconds: Int
    ) {
        let limit = CloudLimit("l", count: count, seconds: seconds, source: "a test")
        let gap = limit.window / Int64(count) * 10
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [limit]),
            callers: [
                caller(.bulk, left: .max), caller(.bulk, left: .max, asksAt: 1),
                caller(.interactive, left: .max, pause: gap...(gap * 2), asksAt: limit.window * 3),
            ], seed: 7)
        simulation.run(until: limit.window * 30)
        let people = simulation.made.filter { $0.group == .interactive }
        #expect(people.count >= (count < 100 ? 5 : 30))
        // The first comes into a full window; the others find places kept for them.
        #expect(people.dropFirst().allSatisfy { $0.waited == 0 })
        #expect((people.first?.waited ?? 0) <= limit.window / 8)
        let steady = simulation.made.filter { $0.at > limit.window * 5 }
        #expect(steady.filter { $0.group == .bulk }.count >= count * 25 * 60 / 100)
        #expect(mostInWindow(simulation.made.map(\.at), window: limit.window) <= count)
    }

    @Test(arguments: [(1000, 60), (100, 60), (10, 1), (4, 1)], 1...2 as ClosedRange<UInt64>)
    func `bulk work leaves the last quarter of every window to people who are there`(
        limit: (count: Int, seconds: Int), seed: UInt64
    ) {
        let limit = CloudLimit("l", count: limit.count, seconds: limit.seconds, source: "a test")
        let gap = limit.window / Int64(limit.count)
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [limit]),
            callers: [
                caller(.interactive, left: .max, pause: gap...(gap * 20)),
                caller(.bulk, left: .max, asksAt: 1), caller(.bulk, left: .max, asksAt: 2),
            ], seed: seed)
        simulation.run(until: limit.window * 5)
        let times = simulation.made.map(\.at)
        let kept = (limit.count + 3) / 4
        for (index, made) in simulation.made.enumerated() where made.group == .bulk {
            let inWindow = times.prefix(index + 1).reversed().prefix { $0 > made.at - limit.window }.count
            #expect(inWindow <= limit.count - kept || made.waited >= limit.window)
        }
        #expect(simulation.made.contains { $0.group == .bulk })
    }

    @Test func `bulk work takes the whole window again when people have gone`() {
        let limit = CloudLimit("l", count: 100, seconds: 60, source: "a test")
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [limit]),
            callers: [caller(.bulk, left: .max, asksAt: 1), caller(.interactive, left: 1)], seed: 7)
        simulation.run(until: 1_200_000)
        let beside = simulation.made.filter { (60_000..<120_000).contains($0.at) }
        let alone = simulation.made.filter { (300_000..<1_200_000).contains($0.at) }
        #expect(beside.count <= 75)
        #expect(alone.count >= 15 * 95)
    }

    @Test(arguments: [(1000, 60), (100, 1), (10, 1), (3, 10), (2, 1), (1, 1)], 1...4 as ClosedRange<UInt64>)
    func `bulk work never waits for longer than two windows and a thirtieth`(
        limit: (count: Int, seconds: Int), seed: UInt64
    ) {
        let limit = CloudLimit("l", count: limit.count, seconds: limit.seconds, source: "a test")
        let people = (0..<6).map { caller(.interactive, left: .max, asksAt: Int64($0)) }
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [limit]),
            callers: people + [caller(.bulk, left: .max, pause: 0...500, asksAt: 9)], seed: seed)
        simulation.run(until: limit.window * 20)
        let bulk = simulation.made.filter { $0.group == .bulk }
        #expect(bulk.count >= 5)
        #expect(bulk.allSatisfy { $0.waited <= limit.window * 2 + limit.window / 30 + 2 })
        let still = simulation.callers.last.flatMap(\.waitsSince).map { limit.window * 20 - $0 } ?? 0
        #expect(still <= limit.window * 2 + limit.window / 30 + 2)
        #expect(mostInWindow(simulation.made.map(\.at), window: limit.window) <= limit.count)
    }

    @Test func `bulk work that has given up keeps no place from people`() {
        let limit = CloudLimit("l", count: 2, seconds: 1, source: "a test")
        var governor = Governor(key: "k", limits: [limit])
        for time in 0..<3 as Range<Int64> { _ = governor.admit(call, as: .interactive, at: moment(time)) }
        guard case .later = governor.admit(call, as: .bulk, at: moment(3)) else {
            Issue.record("the window is full")
            return
        }
        #expect(governor.admit(call, as: .interactive, at: moment(10_000)) == .now)
        #expect(governor.admit(call, as: .interactive, at: moment(10_001)) == .now)
    }
}
