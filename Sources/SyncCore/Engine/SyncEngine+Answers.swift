import Model

extension SyncEngine {
    // MARK: - A batch

    mutating func submitted(
        _ request: RequestID, _ answer: Answer<[OperationID: OperationVerdict]>, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        guard let (sent, channel) = takeSubmission(request) else { return }
        switch answer {
        case .value(let verdicts):
            open(channel, at: step.now)
            limit.grow()
            for id in sent { judge(id, verdicts[id] ?? .missing, &step, &random) }
        case .problem(let problem): refused(sent, of: channel, with: problem, &step, &random)
        case .trouble(let trouble):
            if trouble.wasTooMuch { limit.halve(after: sent.count) }
            let until = breakLink(trouble.problem, &step, &random)
            for id in sent {
                if trouble.mayHaveBeenProcessed {
                    doubt(id, until: until, problem: nil, &step)
                } else {
                    postpone(id, until: until, problem: nil, &step)
                }
            }
        }
    }

    private mutating func takeSubmission(_ request: RequestID) -> ([OperationID], Channel)? {
        guard let exchange = exchanges.removeValue(forKey: request), let channel = exchange.channel,
            case .submission(let sent) = exchange.kind
        else { return nil }
        for id in sent { queue.update(id) { $0.request = nil } }
        return (sent, channel)
    }

    /// The registrar refused a whole batch.
    private mutating func refused(
        _ sent: [OperationID], of channel: Channel, with problem: Problem, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        switch RequestRefusal(problem) {
        case .signIn:
            let until = refuseSignIn(channel.operatorID, &step, &random)
            for id in sent { postpone(id, until: until, problem: nil, &step) }
        case .right:
            let refusal = ServiceProblem.notAuthorised(channel.operatorID, channel.tenant)
            let until = shut(.channel(channel), refusal, after: nil, &step, &random)
            for id in sent { postpone(id, until: until, problem: nil, &step) }
        case .version:
            let until = breakLink(.updateNeeded, &step, &random)
            for id in sent { postpone(id, until: until, problem: nil, &step) }
        case .tooMuch:
            open(channel, at: step.now)
            limit.halve(after: sent.count)
            if sent.count == 1 {
                for id in sent { judge(id, .problem(problem), &step, &random) }
            } else {
                for id in sent { postpone(id, until: step.now, problem: nil, &step) }
            }
        case .busy(let mayHaveBeenProcessed):
            let until = shut(
                .channel(channel), Self.serviceProblem(problem), after: problem.retryAfterSeconds, &step,
                &random)
            for id in sent {
                if mayHaveBeenProcessed {
                    doubt(id, until: until, problem: nil, &step)
                } else {
                    postpone(id, until: until, problem: nil, &step)
                }
            }
        }
    }

    // MARK: - A question

    mutating func statusAnswered(
        _ request: RequestID, _ answer: Answer<OperationVerdict>, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        guard let exchange = exchanges.removeValue(forKey: request), let channel = exchange.channel,
            case .question(let id) = exchange.kind
        else { return }
        queue.update(id) { $0.request = nil }
        switch answer {
        case .value(let verdict):
            open(channel, at: step.now)
            judge(id, verdict, &step, &random)
        case .problem(let problem) where problem.knownCode == .operationUnknown:
            open(channel, at: step.now)
            postpone(id, until: step.now, problem: nil, &step)
        case .problem(let problem): questionRefused(id, channel, problem, &step, &random)
        case .trouble(let trouble):
            doubt(id, until: breakLink(trouble.problem, &step, &random), problem: nil, &step)
        }
    }

    private mutating func questionRefused(
        _ id: OperationID, _ channel: Channel, _ problem: Problem, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        switch RequestRefusal(problem) {
        case .signIn: doubt(id, until: refuseSignIn(channel.operatorID, &step, &random), problem: nil, &step)
        case .right:
            let refusal = ServiceProblem.notAuthorised(channel.operatorID, channel.tenant)
            let until = shut(.channel(channel), refusal, after: nil, &step, &random)
            doubt(id, until: until, problem: nil, &step)
        case .version: doubt(id, until: breakLink(.updateNeeded, &step, &random), problem: nil, &step)
        case .busy:
            let until = shut(
                .channel(channel), Self.serviceProblem(problem), after: problem.retryAfterSeconds, &step,
                &random)
            doubt(id, until: until, problem: nil, &step)
        case .tooMuch:
            workAnswered(step.now)
            doubt(id, until: nextQuestion(id, &step, &random), problem: problem, isItsOwn: true, &step)
        }
    }

    private func nextQuestion(
        _ id: OperationID, _ step: inout Step, _ random: inout some RandomNumberGenerator
    ) -> Instant {
        guard let tracked = queue[id] else { return step.now }
        let delay =
            isStale(tracked, at: step.now)
            ? Backoff.within(tuning.attentionPace, random: &random)
            : Backoff.fullJitter(failures: tracked.vainQuestions, tuning: tuning, random: &random)
        return step.now.advanced(byMilliseconds: delay)
    }

    // MARK: - One operation

    /// Acts on what the registrar said of one operation, in answer to its sending or to a question.
    private mutating func judge(
        _ id: OperationID, _ verdict: OperationVerdict, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        switch verdict {
        case .receipt(let receipt):
            let event: OperationEvent =
                queue[id]?.entry.state == .inDoubt ? .foundApplied : .receiptVerified
            if queue[id] != nil { change(SyncChange(id, event, receipt: receipt), &step) }
        case .problem(let problem): settle(id, problem, &step, &random)
        case .notBelieved(let fault):
            step.problems.append(.receiptNotAccepted(fault))
            doubt(id, until: nextQuestion(id, &step, &random), problem: nil, isItsOwn: true, &step)
        case .missing: doubt(id, until: nextQuestion(id, &step, &random), problem: nil, isItsOwn: true, &step)
        }
    }

    private mutating func settle(
        _ id: OperationID, _ problem: Problem, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        guard let tracked = queue[id] else { return }
        switch problem.answerClass {
        case .rejected, .conflict: change(SyncChange(id, .refused, problem: problem), &step)
        case .failed:
            let moment = nextTry(tracked, problem, &step, &random)
            postpone(id, until: moment, problem: problem, isItsOwn: true, &step)
        case .waitsForCatalogue:
            let pace = isStale(tracked, at: step.now) ? tuning.attentionPace : tuning.slowPace
            let delay = Backoff.around(pace, random: &random)
            let moment = step.now.advanced(byMilliseconds: delay)
            postpone(id, until: moment, problem: problem, isItsOwn: true, &step)
        case .underWay:
            var until = nextQuestion(id, &step, &random)
            if let seconds = problem.retryAfterSeconds {
                let delay = Backoff.retryAfter(seconds: seconds, tuning: tuning, random: &random)
                until = step.now.advanced(byMilliseconds: delay)
            }
            // Sent again, not asked about: a registrar that waits for somebody else goes on when it is sent the same.
            postpone(id, until: until, problem: problem, isItsOwn: true, &step)
        case .unseen where tracked.entry.state == .inDoubt:
            postpone(id, until: step.now, problem: nil, &step)
        case .signInRefused:
            let until = refuseSignIn(tracked.entry.operatorID, &step, &random)
            postpone(id, until: until, problem: problem, &step)
        case .accepted, .unseen, .unknown:
            if tracked.entry.attempts >= tuning.triesOfUnknownAnswer {
                change(SyncChange(id, .refused, problem: problem), &step)
            } else {
                let moment = nextTry(tracked, problem, &step, &random)
                postpone(id, until: moment, problem: problem, isItsOwn: true, &step)
            }
        }
    }

    private func nextTry(
        _ tracked: TrackedEntry, _ problem: Problem, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) -> Instant {
        let delay: Int64
        if let seconds = problem.retryAfterSeconds {
            delay = Backoff.retryAfter(seconds: seconds, tuning: tuning, random: &random)
        } else if isStale(tracked, at: step.now) {
            delay = Backoff.within(tuning.attentionPace, random: &random)
        } else {
            delay = Backoff.fullJitter(
                failures: tracked.entry.attempts - 1, tuning: tuning, random: &random)
        }
        return step.now.advanced(byMilliseconds: delay)
    }
}

/// Why the registrar refused a whole request, as far as it changes what happens next.
enum RequestRefusal: Equatable, Sendable {
    case signIn, right, version
    /// Too large, or spoilt by something in it: smaller requests tell what.
    case tooMuch
    case busy(mayHaveBeenProcessed: Bool)

    init(_ problem: Problem) {
        switch (problem.knownCode, problem.status) {
        case (.signedOut, _), (nil, 401): self = .signIn
        case (.notAuthorised, _), (.operatorMismatch, _), (nil, 403): self = .right
        case (.versionUnsupported, _), (nil, 426): self = .version
        case (.rateLimited, _), (nil, 429): self = .busy(mayHaveBeenProcessed: false)
        case (.unavailable, _), (.inProgress, _), (nil, 408), (nil, 425), (nil, 500...):
            self = .busy(mayHaveBeenProcessed: true)
        default: self = .tooMuch
        }
    }
}
