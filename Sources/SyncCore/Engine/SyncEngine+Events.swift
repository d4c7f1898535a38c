import Model
import Wire

extension SyncEngine {
    mutating func absorb(
        _ event: SyncEvent, _ step: inout Step, _ random: inout some RandomNumberGenerator
    ) {
        switch event {
        case .outboxRead(let entries): takeOver(entries, &step)
        case .signedIn(let operatorID):
            signedIn.insert(operatorID)
            gates[.operatorID(operatorID)] = nil
            for case .channel(let channel) in gates.keys where channel.operatorID == operatorID {
                gates[.channel(channel)] = nil
            }
        case .signedOut(let operatorID): signedIn.remove(operatorID)
        case .feedsRead(let channels):
            feeds = channels.map { channel in
                feeds.first { $0.channel == channel } ?? Feed(channel: channel, dueAt: step.now)
            }
        case .woke: break
        case .networkChanged:
            guard case .down(let until) = link else { return }
            let soon = step.now.advanced(
                byMilliseconds: Backoff.fullJitter(failures: 0, tuning: tuning, random: &random))
            link = .down(until: min(until, soon))
        case .personAskedToSync: hurry(step)
        case .greeted(let request, let answer): greeted(request, answer, &step, &random)
        case .submitted(let request, let answer): submitted(request, answer, &step, &random)
        case .statusAnswered(let request, let answer): statusAnswered(request, answer, &step, &random)
        case .changesPulled(let request, let answer): changesPulled(request, answer, &step, &random)
        }
    }

    private mutating func takeOver(_ entries: [SyncEntry], _ step: inout Step) {
        queue.replace(with: entries, at: step.now, longestWait: tuning.attentionPace)
        // What another run left in flight has lost its answer.
        for tracked in queue.lanes.flatMap(\.entries)
        where tracked.entry.state == .inFlight && tracked.request == nil {
            change(SyncChange(tracked.operationID, .answerLost), &step)
        }
    }

    private mutating func hurry(_ step: Step) {
        if case .down = link { link = .down(until: step.now) }
        for key in gates.keys { gates[key]?.notBefore = step.now }
        for index in feeds.indices { feeds[index].dueAt = step.now }
        queue.updateAll { $0.notBefore = min($0.notBefore, step.now) }
    }

    // MARK: - Answers

    private mutating func greeted(
        _ request: RequestID, _ answer: Answer<Hello>, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        guard exchanges.removeValue(forKey: request) != nil else { return }
        switch answer {
        case .value(let hello):
            guard hello.registrar == registrar else {
                breakLink(.otherRegistrar(hello.registrar), &step, &random)
                return
            }
            limit.adopt(
                operations: hello.limits.operationsPerBatch, bytes: hello.limits.bytesPerRequest)
            hasReachedRegistrar = true
            linkProblem = nil
            link = .up(lastAnswerAt: step.now)
        case .problem(let problem):
            breakLink(Self.serviceProblem(problem), after: problem.retryAfterSeconds, &step, &random)
        case .trouble(let trouble): breakLink(trouble.problem, &step, &random)
        }
    }

    private mutating func changesPulled(
        _ request: RequestID, _ answer: Answer<PulledPage>, _ step: inout Step,
        _ random: inout some RandomNumberGenerator
    ) {
        guard let channel = exchanges.removeValue(forKey: request)?.channel else { return }
        guard let index = feeds.firstIndex(where: { $0.channel == channel }) else { return }
        switch answer {
        case .value(let page):
            workAnswered(step.now)
            gates[.feed(channel)] = nil
            feeds[index].resets = 0
            feeds[index].pagesInARow = page.more ? feeds[index].pagesInARow + 1 : 0
            let goesOn = page.more && feeds[index].pagesInARow < tuning.pagesWithoutPause
            let pause = goesOn ? 0 : Backoff.around(tuning.pullPace, random: &random)
            if !goesOn { feeds[index].pagesInARow = 0 }
            feeds[index].dueAt = step.now.advanced(byMilliseconds: pause)
            if page.mayAdmit { reconsider(channel.tenant, at: step.now) }
        case .problem(let problem) where problem.knownCode == .signedOut:
            refuseSignIn(channel.operatorID, &step, &random)
        case .problem(let problem)
        where problem.knownCode == .cannotCalculateChanges && feeds[index].resets == 0:
            feeds[index].resets += 1
            feeds[index].dueAt = step.now
            step.instructions.append(.resetFeed(channel))
        case .problem(let problem):
            feeds[index].resets = 0
            let refused = ServiceProblem.feedUnreadable(channel.tenant, code: problem.code)
            shut(.feed(channel), refused, after: problem.retryAfterSeconds, &step, &random)
        case .trouble(let trouble): breakLink(trouble.problem, &step, &random)
        }
    }

    /// Has devices tried again that no delivery list named.
    private mutating func reconsider(_ tenant: TenantID, at now: Instant) {
        queue.updateAll { tracked in
            if tracked.entry.tenant == tenant, tracked.entry.state == .waiting,
                tracked.entry.problemCode == ProblemCode.unknownDevice.rawValue
            {
                tracked.notBefore = min(tracked.notBefore, now)
            }
        }
    }
}
