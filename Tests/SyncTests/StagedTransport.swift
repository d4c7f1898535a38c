import Foundation
import Model
import Sync
import SyncCore
import Synchronization
import Wire

/// A way to the registrar on which a test does what networks do.
struct StagedTransport: Transport {
    /// Gets the request and the way onward, and says what the tablet sees.
    typealias Act =
        @Sendable (APIRequest, @Sendable () async -> TransportOutcome) async -> TransportOutcome

    let inner: any Transport
    let log: RequestLog
    let clock: StagedClock
    let act: Act

    func send(_ request: APIRequest) async -> TransportOutcome {
        log.note(request, at: clock.monotonic())
        let inner = inner
        return await act(request) { await inner.send(request) }
    }
}

/// What was sent, and when by the staged clock.
final class RequestLog: Sendable {
    private let entries = Mutex<[(request: APIRequest, at: Instant)]>([])

    func note(_ request: APIRequest, at moment: Instant) {
        entries.withLock { $0.append((request, moment)) }
    }

    var all: [(request: APIRequest, at: Instant)] { entries.withLock { $0 } }

    /// Submissions of operations.
    var submissions: [(request: APIRequest, at: Instant)] { all.filter { $0.request.isSubmission } }

    /// Questions about single operations.
    var questions: Int { all.count { $0.request.isQuestion } }
}

extension APIRequest {
    var isSubmission: Bool { method == .post && path == "/v1/operations" }
    var isQuestion: Bool { method == .get && path.hasPrefix("/v1/operations/") }
}

/// A clock that stands still, or moves on a little at each look: then waits end without anybody waiting.
final class StagedClock: Sendable {
    private struct Hands {
        var milliseconds: Int64 = 1_000_000
        var step: Int64 = 0
    }

    private let hands = Mutex(Hands())
    /// Certificates of the tests' servers are checked by the machine's own clock.
    private let origin = Int64(Date().timeIntervalSince1970 * 1000) - 1_000_000

    var monotonic: @Sendable () -> Instant {
        {
            self.hands.withLock { hands in
                hands.milliseconds += hands.step
                return Instant(milliseconds: hands.milliseconds)
            }
        }
    }

    var wall: @Sendable () -> Timestamp {
        { Timestamp(milliseconds: self.origin + self.hands.withLock { $0.milliseconds }) }
    }

    /// From now on every look takes that long.
    func run(millisecondsPerLook step: Int64) {
        hands.withLock { $0.step = step }
    }

    func advance(seconds: Int64) {
        hands.withLock { $0.milliseconds += seconds * 1000 }
    }
}

/// A place where somebody who arrives is held until the test lets them go on.
final class Barrier: Sendable {
    private let arrivals = AsyncStream.makeStream(of: Void.self)
    private let openings = AsyncStream.makeStream(of: Void.self)

    /// Arrives, and goes on when the barrier is open.
    func pass() async {
        arrivals.continuation.yield()
        for await _ in openings.stream { break }
    }

    /// Returns once somebody has arrived.
    func arrival() async {
        for await _ in arrivals.stream { break }
    }

    func open() {
        openings.continuation.finish()
    }
}
