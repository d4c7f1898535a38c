import Model
import TargetCore
import TestSupport
import Testing

/// Times in tests, as seconds and milliseconds after a fixed moment.
func moment(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: 1_790_000_000_000 + milliseconds) }

/// Callers that ask when they were told to, and what came of it.
struct GovernorSimulation {
    /// A caller who makes calls one after another.
    struct Caller {
        var call: GovernedCall
        var group: GovernedClass
        /// Calls still to be made.
        var left: Int
        /// Milliseconds between an admission and the next ask.
        var pause: ClosedRange<Int64>
        var asksAt: Int64
        /// Since when the present ask waits.
        var waitsSince: Int64?
    }

    struct Made: Equatable {
        var call: GovernedCall
        var group: GovernedClass
        var at: Int64
        var waited: Int64
    }

    var governor: Governor
    var callers: [Caller]
    var random: SeededRandom
    private(set) var made: [Made] = []
    /// Asks that were put off.
    private(set) var putOff = 0

    init(_ governor: Governor, callers: [Caller], seed: UInt64) {
        self.governor = governor
        self.callers = callers
        random = SeededRandom(seed: seed)
    }

    /// The next ask, of the caller that was told the earliest time. `false` when all is done.
    mutating func step(answering: (Made, inout Governor) -> Void = { _, _ in }) -> Bool {
        let waiting = callers.indices.filter { callers[$0].left > 0 }
        guard let index = waiting.min(by: { callers[$0].asksAt < callers[$1].asksAt }) else { return false }
        var caller = callers[index]
        let now = caller.asksAt
        switch governor.admit(caller.call, as: caller.group, at: moment(now)) {
        case .now:
            let call = Made(
                call: caller.call, group: caller.group, at: now, waited: now - (caller.waitsSince ?? now))
            made.append(call)
            answering(call, &governor)
            caller.left -= 1
            caller.waitsSince = nil
            caller.asksAt = now + Int64.random(in: caller.pause, using: &random)
        case .later(let time, _):
            putOff += 1
            caller.waitsSince = caller.waitsSince ?? now
            let told = time.milliseconds - moment(0).milliseconds
            #expect(told > now, "whoever asks again at once would spin")
            caller.asksAt = max(told, now + 1)
        }
        callers[index] = caller
        return true
    }

    mutating func run(
        until end: Int64 = .max, answering: (Made, inout Governor) -> Void = { _, _ in }
    ) {
        while (callers.filter { $0.left > 0 }.map(\.asksAt).min() ?? .max) < end, step(answering: answering) {
        }
    }
}

/// The most calls in any window of a limit, wherever it starts.
func mostInWindow(_ times: [Int64], window: Int64) -> Int {
    var most = 0
    var first = 0
    for index in times.indices {
        while times[first] <= times[index] - window { first += 1 }
        most = max(most, index - first + 1)
    }
    return most
}
