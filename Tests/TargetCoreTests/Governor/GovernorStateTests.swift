import Model
import TargetCore
import TestSupport
import Testing

@Suite struct GovernorStateTests {
    private let limits = [
        CloudLimit("all", count: 50, seconds: 10, source: "a test"),
        CloudLimit("polls", calls: ["b"], count: 2, seconds: 5, scope: .device, source: "a test"),
    ]

    private func simulation(seed: UInt64) -> GovernorSimulation {
        GovernorSimulation(
            Governor(key: "k", limits: limits),
            callers: (0..<6).map { index in
                .init(
                    call: .init(plane: "p", name: index < 3 ? "a" : "b", device: "d\(index)"),
                    group: index.isMultiple(of: 2) ? .bulk : .interactive, left: 100, pause: 0...900,
                    asksAt: Int64(index))
            }, seed: seed)
    }

    private func answer(_ made: GovernorSimulation.Made, _ governor: inout Governor) {
        governor.answered(
            made.call, made.at % 41 == 0 ? .throttled(retryAfterSeconds: 2) : .passed, at: moment(made.at))
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func `keeping the state and going on from it changes nothing`(seed: UInt64) throws {
        var through = simulation(seed: seed)
        through.run(answering: answer)
        var broken = simulation(seed: seed)
        while broken.step(answering: answer) {
            let text = try CanonicalJSON.encode(broken.governor.state)
            let state = try CanonicalJSON.decode(GovernorState.self, from: text)
            #expect(state == broken.governor.state)
            broken.governor = Governor(key: "k", limits: limits, state: state)
        }
        #expect(broken.made == through.made)
        #expect(broken.governor == through.governor)
    }

    @Test func `the state is small when busy and empty when quiet`() throws {
        let limit = CloudLimit("l", count: 5000, seconds: 60, source: "a test")
        let polls = CloudLimit(
            "polls", calls: ["poll"], count: 5, seconds: 10, scope: .device, source: "a test")
        var governor = Governor(key: "k", limits: [limit, polls])
        for time in 0..<5000 as Range<Int64> {
            _ = governor.admit(.init(plane: "p", name: "a"), as: .interactive, at: moment(time * 12))
        }
        #expect(try CanonicalJSON.encode(governor.state).count < 2000)
        for device in 0..<5000 as Range<Int64> {
            let poll = GovernedCall(plane: "p", name: "poll", device: "d\(device)")
            _ = governor.admit(poll, as: .bulk, at: moment(60_000 + device * 1000))
        }
        #expect(try CanonicalJSON.encode(governor.state).count < 40_000)
        _ = governor.admit(.init(plane: "p", name: "a"), as: .bulk, at: moment(90_000_000))
        #expect(try CanonicalJSON.encode(governor.state).count < 300)
    }

    @Test(arguments: [1000, 59_000, 61_000, 3_600_000, 700_000_000_000] as [Int64])
    func `a clock that goes back neither stops the work nor lets too much through`(back: Int64) {
        let limit = CloudLimit("l", count: 10, seconds: 10, source: "a test")
        var governor = Governor(key: "k", limits: [limit])
        let call = GovernedCall(plane: "p", name: "a")
        var made: [Int64] = []
        for time in stride(from: 0, to: 300_000, by: 100) as StrideTo<Int64> {
            let shown = time < 25_000 ? time : time - back
            if governor.admit(call, as: .interactive, at: moment(shown)) == .now { made.append(time) }
        }
        #expect(mostInWindow(made, window: limit.window) <= 10)
        #expect(made.contains { (25_000..<100_000).contains($0) })
        #expect(made.filter { $0 >= 100_000 }.count >= 190)
    }

    @Test func `a clock that was years ahead for a moment does not stop the work`() {
        let limit = CloudLimit("l", count: 10, seconds: 10, source: "a test")
        var governor = Governor(key: "k", limits: [limit])
        let call = GovernedCall(plane: "p", name: "a")
        let times: [Int64] = [0, 300_000_000_000, 1, 2, 3]
        let admitted = times.map { governor.admit(call, as: .interactive, at: moment($0)) }
        #expect(admitted.allSatisfy { $0 == .now })
    }

    @Test(arguments: ["[1,-1,1]", "[9,1,1,-3,1,1]", "[1,1]", "[9223372036854775807,1,1]", "[1,1,0]", "{}"])
    func `a window that cannot be is refused`(window: String) {
        let limit = #"{"window":\#(window),"rate":{},"bucket":{"units":1,"filledAt":1}}"#
        let text = #"{"latest":1,"tidiedAt":0,"limits":{"all":\#(limit)}}"#
        #expect(throws: DecodingError.self) {
            try CanonicalJSON.decode(GovernorState.self, from: Array(text.utf8))
        }
    }

    @Test func `numbers of a state that are out of bounds are held to them`() throws {
        let (least, far) = (Int64.min, Int64(1) << 52)
        let rate = #"{"share":-5,"heldUntil":\#(least),"throttledInRow":99}"#
        let bucket = #"{"units":\#(least),"filledAt":\#(least)}"#
        let limit = #"{"window":[\#(far),\#(far),1000000000],"rate":\#(rate),"bucket":\#(bucket)}"#
        let text = #"{"latest":\#(least),"tidiedAt":\#(Int64.max),"limits":{"all":\#(limit)}}"#
        var governor = Governor(
            key: "k", limits: limits,
            state: try CanonicalJSON.decode(GovernorState.self, from: Array(text.utf8)))
        for time in [0, 1, Int64.max, Int64.min] {
            for group in GovernedClass.allCases {
                _ = governor.admit(.init(plane: "p", name: "a"), as: group, at: Timestamp(milliseconds: time))
            }
        }
    }
}
