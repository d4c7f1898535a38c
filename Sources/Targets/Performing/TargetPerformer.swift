package import Model
package import TargetCore

/// Takes one work at a target from step to step until it ends, waits, or its time is over.
package struct TargetPerformer: Sendable {
    /// What a turn ends in.
    package enum Ending: Sendable {
        case done(TargetOutcome)
        case refused(TargetFault)
        case later(seconds: Int, reason: String)
        /// The same, until a limit has room: whoever comes then is let through by the governor, one after another.
        case limited(seconds: Int, reason: String)
    }

    package typealias World = PerformingWorld<TargetWork>

    let connection: TargetConnection
    let world: World

    package init(_ connection: TargetConnection, _ world: World) {
        self.connection = connection
        self.world = world
    }

    /// Shorter pauses are waited for in place.
    static let shortPauseSeconds = 3.0
    /// A work that takes more calls than this goes round in circles.
    private static let limitCalls = 200

    package func perform(_ work: inout TargetWork, until deadline: Timestamp) async throws -> Ending {
        if work.facts.isEmpty, work.fault == nil, work.sent == nil, let finding = refusing(work) {
            return .refused(finding)
        }
        connection.traffic.enter()
        defer { connection.traffic.leave() }
        for _ in 0..<Self.limitCalls {
            let now = world.now()
            work.isInCompany = connection.traffic.isLively(at: now)
            guard now < deadline else { return .later(seconds: 0, reason: "The work goes on.") }
            switch connection.target.step(of: work, at: now) {
            case .done(let outcome): return .done(outcome)
            case .refused(let fault): return .refused(fault)
            case .wait(let seconds, let reason):
                guard try await paused(Double(seconds), deadline) else {
                    return .later(seconds: seconds, reason: reason)
                }
            case .call(let call):
                if let ending = try await make(call, &work, deadline) { return ending }
            }
        }
        return .later(seconds: 900, reason: "The target gave no end after \(Self.limitCalls) calls.")
    }

    /// What the linter says that the target would refuse.
    private func refusing(_ work: TargetWork) -> TargetFault? {
        connection.target.findings(in: work, at: world.now()).first { $0.weight == .refused }.map { finding in
            TargetFault(
                code: finding.code, theirs: "not asked", what: finding.what, nextStep: finding.nextStep,
                retry: .never)
        }
    }

    /// `nil` when the work goes on.
    private func make(
        _ call: CloudCall, _ work: inout TargetWork, _ deadline: Timestamp
    ) async throws -> Ending? {
        let sending: Sending
        do {
            sending = try await send(call, &work, deadline)
        } catch let error as TargetError {
            let pace = work.loseAnswer(
                of: call, mayHaveArrived: error.mayHaveArrived, reason: error.explanation.what)
            try await world.keep(work)
            return try await ending(pace, deadline)
        }
        guard case .answered(let reply, let sent, let time, let counts) = sending else {
            if case .not(let ending) = sending { return ending }
            return nil
        }
        let reading = connection.target.reading(of: reply, to: call, in: work)
        var fault: TargetFault?
        if case .fault(let found) = reading { fault = found }
        // What went out for many counts once; a complaint about the rate is passed on, whoever's it is.
        if counts || fault?.isThrottling == true { await world.answered(sent, fault, time) }
        let pace = work.take(reading, of: call)
        if call.method != "GET" { try await world.keep(work) }
        return try await ending(pace, deadline)
    }

    private func ending(_ pace: TargetPace, _ deadline: Timestamp) async throws -> Ending? {
        switch pace {
        case .atOnce: return nil
        case .later(let seconds, let reason):
            if try await paused(Double(seconds), deadline) { return nil }
            return .later(seconds: seconds, reason: reason)
        }
    }

    /// Waits in place when the pause is short and ends before the deadline; else says that it did not.
    func paused(_ seconds: Double, _ deadline: Timestamp) async throws -> Bool {
        try await world.paused(seconds, until: deadline, longestPauseSeconds: Self.shortPauseSeconds)
    }

    /// Whether a pause is short enough to be waited for in place, and ends before the deadline.
    static func waits(until time: Timestamp, from now: Timestamp, deadline: Timestamp) -> Bool {
        Double(time.milliseconds - now.milliseconds) <= shortPauseSeconds * 1000
            && time.milliseconds < deadline.milliseconds
    }
}
