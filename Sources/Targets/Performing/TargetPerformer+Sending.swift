import Model
import TargetCore

extension TargetPerformer {
    /// What has come of sending a call.
    enum Sending: Sendable {
        /// `sent` is what went out: the call, or one for many that it went with. `counts` where the governor is to be told.
        case answered(CloudReply, sent: CloudCall, at: Timestamp, counts: Bool)
        /// It was not sent: the turn ends.
        case not(Ending)
    }

    /// Has the call admitted and sends it: together with others where the target knows calls for many, and others are about
    /// to be sent at the same time.
    func send(
        _ call: CloudCall, _ work: inout TargetWork, _ deadline: Timestamp
    ) async throws -> Sending {
        if call.repeats != .doubling, let join = connection.target.joining(of: call) {
            try await keep(&work, before: call)
            let entry = JoiningDesk.Entry(call: call, join: join, deadline: deadline, world: world)
            switch try await connection.desk.send(entry, over: connection) {
            case .answered(let reply, let sent, let time, let counts):
                return .answered(reply, sent: sent, at: time, counts: counts)
            case .later(let time, let limit):
                work.didNotSend(call)
                return .not(later(time, limit))
            case .alone: break
            }
        }
        if let later = try await world.admitted(
            call, until: deadline, longestPauseSeconds: Self.shortPauseSeconds)
        {
            return .not(.limited(seconds: later.seconds, reason: later.reason))
        }
        try await keep(&work, before: call)
        let now = world.now()
        return .answered(try await connection.send(call, at: now), sent: call, at: now, counts: true)
    }

    private func keep(_ work: inout TargetWork, before call: CloudCall) async throws {
        let isToBeKept = work.mustBeKept(before: call)
        work.willSend(call)
        if isToBeKept { try await world.keep(work) }
    }

    private func later(_ time: Timestamp, _ limit: String) -> Ending {
        let seconds = Double(max(1, time.milliseconds - world.now().milliseconds)) / 1000
        return .limited(seconds: Int(seconds.rounded(.up)), reason: "The target's limit \(limit) is reached.")
    }
}
