import Model
import TargetCore
import TestSupport
import Testing

/// A target counts calls when they arrive, and no two are as long on their way.
@Suite struct GovernorArrivalTests {
    private static let limit = CloudLimit("l", count: 10, seconds: 1, source: "a test")
    private static let call = GovernedCall(plane: "p", name: "c")

    private struct Flight {
        var caller: Int
        var sent: Int64
        var answered: Int64
    }

    /// Sixteen callers, each of whom makes one call after another; gives when they arrived.
    private func arrivals(
        seed: UInt64, calls: Int, travel: ClosedRange<Int64>, telling: Bool
    ) -> [Int64] {
        var random = SeededRandom(seed: seed)
        var governor = Governor(key: "k", limits: [Self.limit])
        var asks = (0..<16).map { (caller: $0, at: Int64($0)) }
        var flights: [Flight] = []
        var arrivals: [Int64] = []
        while arrivals.count < calls {
            let nextAnswer = flights.min { $0.answered < $1.answered }
            let nextAsk = asks.min { $0.at < $1.at }
            if let answer = nextAnswer, nextAsk.map({ answer.answered <= $0.at }) ?? true {
                governor.answered(
                    Self.call, .passed, sent: telling ? moment(answer.sent) : nil, at: moment(answer.answered)
                )
                flights.removeAll { $0.caller == answer.caller }
                asks.append((answer.caller, answer.answered))
            } else if let ask = nextAsk {
                asks.removeAll { $0.caller == ask.caller }
                switch governor.admit(Self.call, as: .interactive, at: moment(ask.at)) {
                case .now:
                    let arrival = ask.at + Int64.random(in: travel, using: &random)
                    arrivals.append(arrival)
                    flights.append(
                        Flight(
                            caller: ask.caller, sent: ask.at,
                            answered: arrival + Int64.random(in: travel, using: &random)))
                case .later(let time, _):
                    asks.append((ask.caller, max(ask.at + 1, time.milliseconds - moment(0).milliseconds)))
                }
            }
        }
        return arrivals.sorted()
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `no window at the target holds more than it may, however long calls travel`(seed: UInt64) {
        let times = arrivals(seed: seed, calls: 300, travel: 1...120, telling: true)
        #expect(mostInWindow(times, window: 1000) <= 10)
    }

    @Test func `without the answers' times some windows at the target do`() {
        let most = (1...20 as ClosedRange<UInt64>).map { seed in
            mostInWindow(
                arrivals(seed: seed, calls: 300, travel: 1...120, telling: false), window: 1000)
        }
        #expect((most.max() ?? 0) > 10)
    }

    @Test func `what travels fast costs next to nothing of the limit`() {
        let times = arrivals(seed: 1, calls: 300, travel: 1...10, telling: true)
        #expect((times.last ?? .max) <= 29_000 * 105 / 100)
    }
}
