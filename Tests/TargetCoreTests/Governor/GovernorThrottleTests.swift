import Model
import TargetCore
import TestSupport
import Testing

@Suite struct GovernorThrottleTests {
    private let limit = CloudLimit(
        "things", plane: "p", calls: ["a", "b"], count: 100, seconds: 1, source: "a test")
    private let call = GovernedCall(plane: "p", name: "a")
    private let sibling = GovernedCall(plane: "p", name: "b")
    private let stranger = GovernedCall(plane: "q", name: "a")

    private var governor: Governor {
        Governor(
            key: "k",
            limits: [limit, CloudLimit("others", plane: "q", count: 100, seconds: 1, source: "a test")])
    }

    @Test(arguments: GovernedClass.allCases)
    func `what the target asks to wait holds every call of the limit, and no other`(group: GovernedClass) {
        var governor = governor
        _ = governor.admit(call, as: group, at: moment(0))
        governor.answered(call, .throttled(retryAfterSeconds: 30), at: moment(100))
        for held in [call, sibling] {
            #expect(
                governor.admit(held, as: group, at: moment(200)) == .later(moment(30_100), limit: "things"))
        }
        #expect(governor.admit(stranger, as: group, at: moment(200)) == .now)
        #expect(governor.admit(sibling, as: group, at: moment(30_100)) == .now)
    }

    @Test func `an answer that names the limit holds only that`() {
        let wide = CloudLimit("wide", count: 1000, seconds: 1, source: "a test")
        var governor = Governor(key: "k", limits: [wide, limit])
        governor.answered(
            call, .throttled(retryAfterSeconds: 5, limit: "things"), at: moment(0))
        #expect(governor.admit(call, as: .bulk, at: moment(1)) == .later(moment(5000), limit: "things"))
        #expect(governor.admit(stranger, as: .bulk, at: moment(1)) == .now)
        governor.answered(call, .throttled(retryAfterSeconds: 9, limit: "unheard"), at: moment(6000))
        #expect(
            governor.admit(stranger, as: .bulk, at: moment(6001)) == .later(moment(15_000), limit: "wide"))
    }

    @Test func `pauses that no answer names double, and are bounded`() {
        var governor = governor
        var time: Int64 = 0
        var pauses: [Int64] = []
        for _ in 0..<9 {
            governor.answered(call, .throttled(retryAfterSeconds: nil), at: moment(time))
            guard case .later(let until, _) = governor.admit(call, as: .interactive, at: moment(time)) else {
                Issue.record("not held")
                return
            }
            let next = until.milliseconds - moment(0).milliseconds
            pauses.append(next - time)
            time = next
        }
        #expect(pauses == [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000, 64_000, 64_000])
        governor.answered(call, .throttled(retryAfterSeconds: .max), at: moment(time))
        #expect(
            governor.admit(call, as: .interactive, at: moment(time))
                == .later(moment(time + 3_600_000), limit: "things"))
    }

    @Test func `many throttled answers of one moment halve the rate once`() {
        var governor = governor
        for time in 0..<50 as Range<Int64> {
            governor.answered(call, .throttled(retryAfterSeconds: nil), at: moment(time))
        }
        #expect(governor.share(of: limit) == 500_000)
    }

    @Test func `a rate that was halved comes back by a twentieth with each full window`() {
        var governor = governor
        governor.answered(call, .throttled(retryAfterSeconds: nil), at: moment(0))
        var simulation = GovernorSimulation(
            governor,
            callers: [.init(call: call, group: .bulk, left: .max, pause: 0...0, asksAt: 1000)], seed: 3)
        simulation.run(until: 2000) { made, governor in
            governor.answered(made.call, .passed, at: moment(made.at))
        }
        #expect((45...55).contains(simulation.made.count))
        #expect((530_000...570_000).contains(simulation.governor.share(of: limit)))
        simulation.run(until: 20_000) { made, governor in
            governor.answered(made.call, .passed, at: moment(made.at))
        }
        #expect(simulation.governor.share(of: limit) == 1_000_000)
    }

    /// The target allows less than its documents say; it throttles what is above.
    @Test(arguments: [(true: 40, documented: 100), (true: 10, documented: 100), (true: 15, documented: 15)])
    func `a target that allows less than it says is found out`(rates: (true: Int, documented: Int)) {
        let limit = CloudLimit("l", count: rates.documented, seconds: 1, source: "a test")
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [limit]),
            callers: [.init(call: call, group: .bulk, left: .max, pause: 0...0, asksAt: 0)], seed: 3)
        var passed: [Int64] = []
        var throttled = 0
        simulation.run(until: 300_000) { made, governor in
            if passed.suffix(rates.true).filter({ $0 > made.at - 1000 }).count < rates.true {
                passed.append(made.at)
                governor.answered(made.call, .passed, at: moment(made.at))
            } else {
                throttled += 1
                governor.answered(made.call, .throttled(retryAfterSeconds: nil), at: moment(made.at))
            }
        }
        #expect(passed.count >= rates.true * 300 / 2, "at least half of what is really allowed")
        #expect(throttled * 30 <= passed.count, "one in thirty is throttled at the most")
    }

    @Test func `what was learned is forgotten after an hour without calls`() {
        var governor = governor
        governor.answered(call, .throttled(retryAfterSeconds: 10), at: moment(0))
        _ = governor.admit(stranger, as: .bulk, at: moment(3_500_000))
        #expect(governor.share(of: limit) == 500_000)
        _ = governor.admit(stranger, as: .bulk, at: moment(3_700_000))
        #expect(governor.share(of: limit) == 1_000_000)
    }
}
