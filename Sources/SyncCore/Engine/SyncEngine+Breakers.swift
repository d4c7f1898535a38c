import Model

extension SyncEngine {
    /// The registrar answered a request that needs a sign-in: the way to it works.
    mutating func workAnswered(_ now: Instant) {
        linkFailures = 0
        linkProblem = nil
        hasReachedRegistrar = true
        if case .up = link { link = .up(lastAnswerAt: now) }
    }

    /// The way to the registrar does not work: nothing is sent before a greeting is answered.
    ///
    /// - Returns: when the registrar is greeted next.
    @discardableResult
    mutating func breakLink(
        _ problem: ServiceProblem, after seconds: Int? = nil, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) -> Instant {
        var delay = Backoff.fullJitter(failures: linkFailures, tuning: tuning, random: &random)
        if let seconds { delay = Backoff.retryAfter(seconds: seconds, tuning: tuning, random: &random) }
        if problem.needsPerson { delay = Backoff.within(tuning.stoppedPace, random: &random) }
        linkFailures += 1
        linkProblem = problem
        // A greeting on its way decides for itself.
        if case .greeting(let request) = link, exchanges[request] != nil { return step.now }
        let until = step.now.advanced(byMilliseconds: delay)
        // Several requests that break together are one failure of the link.
        if case .down(let earlier) = link {
            linkFailures -= 1
            return earlier
        }
        link = .down(until: until)
        return until
    }

    /// Stops an operator, a channel or a feed until a moment.
    ///
    /// - Returns: that moment.
    @discardableResult
    mutating func shut(
        _ key: Gate.Key, _ problem: ServiceProblem, after seconds: Int?, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) -> Instant {
        workAnswered(step.now)
        let failures = gates[key]?.failures ?? 0
        var delay = Backoff.fullJitter(failures: failures, tuning: tuning, random: &random)
        if let seconds { delay = Backoff.retryAfter(seconds: seconds, tuning: tuning, random: &random) }
        if problem.needsPerson { delay = Backoff.within(tuning.stoppedPace, random: &random) }
        let until = step.now.advanced(byMilliseconds: delay)
        gates[key] = Gate(failures: failures + 1, notBefore: until, problem: problem)
        return until
    }

    @discardableResult
    mutating func refuseSignIn(
        _ operatorID: OperatorID, _ step: inout Step, _ random: inout some RandomNumberGenerator
    ) -> Instant {
        shut(.operatorID(operatorID), .signedOut(operatorID), after: nil, &step, &random)
    }

    /// A request of this channel was answered: what stopped it is over.
    mutating func open(_ channel: Channel, at now: Instant) {
        workAnswered(now)
        for key in keys(of: channel) { gates[key] = nil }
    }

    static func serviceProblem(_ problem: Problem) -> ServiceProblem {
        if problem.knownCode == .versionUnsupported || problem.status == 426 { return .updateNeeded }
        return .busy(code: problem.code, retryAfterSeconds: problem.retryAfterSeconds)
    }
}
