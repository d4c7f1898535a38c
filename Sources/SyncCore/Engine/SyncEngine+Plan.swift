import Model

extension SyncEngine {
    /// Starts what can be started now.
    mutating func plan(_ step: inout Step) {
        switch link {
        case .greeting: return
        case .untried: greet(&step)
        case .down(let until) where until <= step.now:
            if hasWork(at: step.now) { greet(&step) }
        case .down: return
        case .up(let lastAnswerAt):
            if exchanges.isEmpty, hasWork(at: step.now),
                step.now.milliseconds(since: lastAnswerAt) > tuning.greetingFreshness
            {
                return greet(&step)
            }
            ask(&step)
            submit(&step)
            pull(&step)
        }
    }

    private mutating func start(_ kind: Exchange.Kind, of channel: Channel?) -> RequestID {
        lastRequest += 1
        let request = RequestID(number: lastRequest)
        exchanges[request] = Exchange(kind: kind, channel: channel)
        return request
    }

    private mutating func greet(_ step: inout Step) {
        let request = start(.greeting, of: nil)
        link = .greeting(request)
        step.instructions.append(.greet(request))
    }

    private mutating func ask(_ step: inout Step) {
        for index in queue.lanes.indices {
            guard exchanges.count < tuning.requestsAtOnce else { return }
            guard let head = queue.lanes[index].entries.first, head.entry.state == .inDoubt,
                head.request == nil, dueMoment(of: head, at: step.now) <= step.now,
                passes(head.entry.channel)
            else { continue }
            let request = start(.question(head.operationID), of: head.entry.channel)
            queue.update(head.operationID) { $0.request = request }
            step.instructions.append(.askStatus(request, head.operationID, head.entry.operatorID))
        }
    }

    private mutating func submit(_ step: inout Step) {
        while exchanges.count < tuning.requestsAtOnce {
            let batch = nextBatch(step.now)
            guard let channel = batch.first?.entry.channel else { return }
            if batch.contains(where: { $0.entry.attempts > 0 }) {
                _ = budget.spend(at: step.now)
            } else {
                budget.earn()
            }
            let ids = batch.map(\.operationID)
            let request = start(.submission(ids), of: channel)
            for id in ids {
                if queue[id]?.entry.state == .waiting { change(SyncChange(id, .waitOver), &step) }
                change(SyncChange(id, .sendStarted), &step)
                queue.update(id) { $0.request = request }
            }
            step.instructions.append(.submit(request, ids, channel.operatorID))
        }
    }

    /// Heads of lanes that can be sent together now: those of the first channel that has any.
    private func nextBatch(_ now: Instant) -> [TrackedEntry] {
        var batch: [TrackedEntry] = []
        var bytes = 0
        var most = limit.operations
        let mayRepeat = budget.canSpend(at: now)
        for lane in queue.lanes {
            guard let head = lane.entries.first, isSendable(head), head.notBefore <= now,
                mayRepeat || head.entry.attempts == 0
            else { continue }
            if let channel = batch.first?.entry.channel {
                guard head.entry.channel == channel else { continue }
                guard bytes + head.entry.wireBytes <= limit.bytes else { break }
            } else {
                guard dueMoment(of: head, at: now) <= now, passes(head.entry.channel) else { continue }
                if isProbe(head.entry.channel) { most = 1 }
            }
            batch.append(head)
            bytes += head.entry.wireBytes
            if batch.count >= most { break }
        }
        return batch
    }

    private mutating func pull(_ step: inout Step) {
        guard exchanges.isEmpty,
            let feed = feeds.first(where: { dueMoment(of: $0) <= step.now && passes($0.channel) })
        else { return }
        step.instructions.append(.pullChanges(start(.pull, of: feed.channel), feed.channel))
    }

    // MARK: - When

    private func isSendable(_ tracked: TrackedEntry) -> Bool {
        tracked.request == nil && (tracked.entry.state == .ready || tracked.entry.state == .waiting)
    }

    /// Whether a gate lets one more request of the channel through: behind a refusal they go one at a time.
    private func passes(_ channel: Channel) -> Bool {
        guard signedIn.contains(channel.operatorID) else { return false }
        return keys(of: channel).allSatisfy { key in
            gates[key] == nil || !exchanges.values.contains { isStopped($0, by: key) }
        }
    }

    private func isStopped(_ exchange: Exchange, by key: Gate.Key) -> Bool {
        exchange.channel.map { keys(of: $0).contains(key) } ?? false
    }

    /// Whether the next request of the channel only tries out whether a refusal still holds.
    private func isProbe(_ channel: Channel) -> Bool {
        keys(of: channel).contains { gates[$0]?.problem.needsPerson == true }
    }

    /// When an entry can be sent or asked about, as far as waits and gates go.
    private func dueMoment(of tracked: TrackedEntry, at now: Instant) -> Instant {
        var moment = tracked.notBefore
        for key in keys(of: tracked.entry.channel) {
            if let gate = gates[key] { moment = max(moment, gate.notBefore) }
        }
        if tracked.entry.state != .inDoubt, tracked.entry.attempts > 0, !budget.canSpend(at: now) {
            moment = max(moment, budget.nextRepeat(at: now))
        }
        return moment
    }

    private func dueMoment(of feed: Feed) -> Instant {
        var moment = feed.dueAt
        for key in keys(of: feed.channel) + [.feed(feed.channel)] {
            if let gate = gates[key] { moment = max(moment, gate.notBefore) }
        }
        return moment
    }

    private func hasWork(at now: Instant) -> Bool { nextWork(at: now).map { $0 <= now } ?? false }

    /// The first moment at which there is something to send, ask or pull, were the link up.
    private func nextWork(at now: Instant) -> Instant? {
        var first: Instant?
        for lane in queue.lanes {
            guard let head = lane.entries.first, head.request == nil,
                isSendable(head) || head.entry.state == .inDoubt,
                signedIn.contains(head.entry.operatorID)
            else { continue }
            let moment = dueMoment(of: head, at: now)
            first = min(first ?? moment, moment)
            if moment <= now { return moment }
        }
        for feed in feeds where signedIn.contains(feed.channel.operatorID) {
            let moment = dueMoment(of: feed)
            first = min(first ?? moment, moment)
        }
        return first
    }

    /// When the engine wants to be woken; `nil` when only an event can change anything.
    func nextMoment(after now: Instant) -> Instant? {
        guard var moment = nextWork(at: now) else { return nil }
        switch link {
        case .untried, .greeting: return nil
        case .down(let until): moment = max(moment, until)
        case .up: break
        }
        // What is due already waits for a request that travels; its answer comes as an event.
        return moment > now ? moment : exchanges.isEmpty ? now.advanced(byMilliseconds: 1_000) : nil
    }
}
