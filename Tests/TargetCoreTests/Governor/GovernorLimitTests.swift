import Model
import TargetCore
import TestSupport
import Testing

@Suite struct GovernorLimitTests {
    private let registrations = CloudLimit(
        "registrations", plane: "device", count: 1000, seconds: 60, source: "a test")

    @Test(arguments: [(1000, 60), (100, 1), (10, 1), (20, 60), (1, 1), (5, 10), (5000, 60)])
    func `work that never ends uses more than 95 in a hundred of a limit, and never more than all`(
        count: Int, seconds: Int
    ) {
        let limit = CloudLimit("l", count: count, seconds: seconds, source: "a test")
        let calls = count * 10
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [limit]),
            callers: [
                .init(call: .init(plane: "p", name: "c"), group: .bulk, left: calls, pause: 0...0, asksAt: 0)
            ], seed: 1)
        simulation.run()
        let times = simulation.made.map(\.at)
        #expect(times.count == calls)
        #expect(simulation.putOff <= calls + 10, "whoever asks when it was told to is seldom put off again")
        #expect(mostInWindow(times, window: limit.window) <= count)
        let ideal = Int64(calls) * limit.window / Int64(count)
        #expect((times.last ?? 0) <= ideal * 105 / 100)
        #expect(
            GovernorEstimate(of: [.init(.init(plane: "p", name: "c"), count: calls)], under: [limit])
                .milliseconds == ideal)
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `no window of any limit holds more calls than it may, whoever asks for what`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let all = CloudLimit(
            "all", count: .random(in: 1...200, using: &random), seconds: .random(in: 1...60, using: &random),
            source: "a test")
        let some = CloudLimit(
            "some", plane: "p", calls: ["a", "b"], count: .random(in: 1...50, using: &random),
            seconds: .random(in: 1...20, using: &random), source: "a test")
        let each = CloudLimit(
            "each", plane: "p", calls: ["b"], count: 3, seconds: 10, scope: .device, source: "a test")
        let callers = (0..<12).map { index in
            GovernorSimulation.Caller(
                call: .init(
                    plane: index % 3 == 0 ? "q" : "p", name: ["a", "b", "c"][index % 3],
                    device: "d\(index % 4)"),
                group: index.isMultiple(of: 2) ? .bulk : .interactive,
                left: 60, pause: 0...Int64.random(in: 0...4000, using: &random), asksAt: Int64(index))
        }
        var simulation = GovernorSimulation(
            Governor(key: "k", limits: [all, some, each]), callers: callers, seed: seed)
        simulation.run { made, governor in
            let throttled = made.at % 97 == 0
            governor.answered(
                made.call, throttled ? .throttled(retryAfterSeconds: nil) : .passed, at: moment(made.at))
        }
        #expect(simulation.made.count == 12 * 60)
        for limit in [all, some] {
            let times = simulation.made.filter { limit.covers(plane: $0.call.plane, call: $0.call.name) }
                .map(\.at)
            #expect(mostInWindow(times, window: limit.window) <= limit.count, "\(limit.name), seed \(seed)")
        }
        for device in 0..<4 {
            let times = simulation.made.filter { $0.call.name == "b" && $0.call.device == "d\(device)" }
                .map(\.at)
            #expect(mostInWindow(times, window: 10_000) <= 3, "d\(device), seed \(seed)")
        }
    }

    @Test func `the limit that decides is named, and its time is when it has room`() {
        let narrow = CloudLimit("narrow", calls: ["a"], count: 1, seconds: 10, source: "a test")
        let wide = CloudLimit("wide", count: 2, seconds: 60, source: "a test")
        var governor = Governor(key: "k", limits: [wide, narrow])
        let call = GovernedCall(plane: "p", name: "a")
        #expect(governor.admit(call, as: .interactive, at: moment(0)) == .now)
        #expect(
            governor.admit(call, as: .interactive, at: moment(1))
                == .later(moment(10_000), limit: "narrow"))
        #expect(governor.admit(call, as: .interactive, at: moment(10_000)) == .now)
        #expect(
            governor.admit(call, as: .interactive, at: moment(10_001))
                == .later(moment(60_000), limit: "wide"))
    }

    @Test func `a call that no limit covers has a careful limit of its own`() {
        var governor = Governor(key: "k", limits: [registrations])
        let call = GovernedCall(plane: "elsewhere", name: "Odd")
        let admitted = (0..<20).map { governor.admit(call, as: .interactive, at: moment($0)) }
        #expect(admitted.filter { $0 == .now }.count == 5)
        #expect(admitted.last == .later(moment(1004), limit: "unlisted_elsewhere_Odd"))
        #expect(
            governor.admit(.init(plane: "device", name: "Odd"), as: .interactive, at: moment(20)) == .now)
    }

    @Test func `numbers that make no sense count as the least`() {
        let limit = CloudLimit("l", count: -4, seconds: 0, source: "a test")
        #expect(limit.allowance == 1)
        #expect(limit.window == 1000)
        var governor = Governor(key: "k", limits: [limit])
        let call = GovernedCall(plane: "p", name: "a")
        for time in [Int64.min, .max, 0, -1, .max] {
            _ = governor.admit(call, as: .bulk, at: Timestamp(milliseconds: time))
            governor.answered(
                call, .throttled(retryAfterSeconds: .max), at: Timestamp(milliseconds: time))
        }
    }
}
