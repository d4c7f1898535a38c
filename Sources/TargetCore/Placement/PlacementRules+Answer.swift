package import Model

extension PlacementRules {
    /// Where the device is to be, and why. The same rules, question and hash always give the same answer.
    package func answer(to question: PlacementQuestion, digests: CloudDigests) -> PlacementAnswer {
        let choice = choice(for: question, digests: digests)
        guard let current = question.current else {
            return PlacementAnswer(
                target: choice.target, change: choice.target == nil ? .none : .new, from: nil,
                reason: choice.reason, considered: choice.considered)
        }
        guard let target = choice.target else { return withoutChoice(choice, current, question) }
        if target == current { return stays(at: current, choice.reason, choice) }
        let standing = standing(of: current, question)
        if reprovision == .keep, standing == .open {
            return stays(
                at: current,
                "\(current): devices are kept where they are; the rules would now choose \(target)",
                choice)
        }
        return moves(to: target, from: current, standing, choice)
    }

    /// The same while `outages` were found by failing calls. Where nothing else takes the device, the fault may well be on this
    /// side of the line, and the outages are not believed.
    package func answer(
        to question: PlacementQuestion, outages: Set<TargetID>, digests: CloudDigests
    ) -> PlacementAnswer {
        guard !outages.isEmpty else { return answer(to: question, digests: digests) }
        var careful = question
        careful.down.formUnion(outages)
        let answer = answer(to: careful, digests: digests)
        return answer.target == nil ? self.answer(to: question, digests: digests) : answer
    }

    /// What a device's present target is to the rules.
    private enum CurrentStanding {
        case open
        case down
        /// It is no candidate any more.
        case unlisted
    }

    private func standing(of target: TargetID, _ question: PlacementQuestion) -> CurrentStanding {
        guard !question.down.contains(target) else { return .down }
        guard let candidate = candidates.first(where: { $0.target == target }) else { return .unlisted }
        return candidate.isDown(question) ? .down : .open
    }

    private func stays(
        at target: TargetID, _ reason: String, _ choice: PlacementChoice
    ) -> PlacementAnswer {
        PlacementAnswer(
            target: target, change: .stays, from: nil, reason: reason, considered: choice.considered)
    }

    private func moves(
        to target: TargetID, from current: TargetID, _ standing: CurrentStanding, _ choice: PlacementChoice
    ) -> PlacementAnswer {
        let (change, why): (PlacementAnswer.Change, String) =
            switch (standing, reprovision) {
            case (.down, _): (.reset, "it starts afresh, as \(current) is down")
            case (.open, .reset), (.unlisted, .reset): (.reset, "it leaves \(current) and starts afresh")
            case (.unlisted, .keep), (.unlisted, .migrate):
                (.migrate, "it moves from \(current), which is no candidate any more")
            case (.open, .migrate), (.open, .keep): (.migrate, "it moves from \(current)")
            }
        return PlacementAnswer(
            target: target, change: change, from: current, reason: choice.reason + "; " + why,
            considered: choice.considered)
    }

    /// The device stays as long as its target is not down: nothing better is to be had.
    private func withoutChoice(
        _ choice: PlacementChoice, _ current: TargetID, _ question: PlacementQuestion
    ) -> PlacementAnswer {
        guard standing(of: current, question) != .down else {
            return PlacementAnswer(
                target: nil, change: .none, from: nil, reason: choice.reason, considered: choice.considered)
        }
        return stays(at: current, "\(current): it stays, as " + choice.reason, choice)
    }
}

extension PlacementRules {
    private func choice(for question: PlacementQuestion, digests: CloudDigests) -> PlacementChoice {
        switch policy {
        case .hashed: chosen(by: .hashed, question, digests)
        case .lowestLatency: chosen(by: .lowestLatency, question, digests)
        case .static: chosen(by: .static, question, digests)
        case .custom: chosenByRule(question, digests)
        }
    }

    private func chosen(
        by ranking: PlacementRanking, _ question: PlacementQuestion, _ digests: CloudDigests,
        prefix: String = "", passedBy: [String] = []
    ) -> PlacementChoice {
        let listed = ranking == .static ? inOrder : uniqueCandidates
        var choice = PlacementChoice(
            of: ranking.preferences(listed, rules: self, question: question, digests: digests),
            for: question, by: prefix, passedBy: passedBy)
        choice.consider(uniqueCandidates, noted: "is not in the order")
        return choice
    }

    private func chosenByRule(_ question: PlacementQuestion, _ digests: CloudDigests) -> PlacementChoice {
        var passedBy: [String] = []
        for rule in rules {
            guard let words = rule.match.words(for: question) else { continue }
            let preferences = rule.ranking.preferences(
                rule.candidates(of: uniqueCandidates), rules: self, question: question, digests: digests)
            var choice = PlacementChoice(
                of: preferences, for: question, by: "rule \(rule.name) (\(words)): ", passedBy: passedBy)
            choice.consider(uniqueCandidates, noted: "is no target of rule \(rule.name)")
            if choice.target != nil || rule.otherwise == .refuse { return choice }
            passedBy.append("rule \(rule.name) has no target that takes it")
        }
        return chosen(
            by: fallback, question, digests, prefix: passedBy.isEmpty ? "no rule matches: " : "",
            passedBy: passedBy)
    }

    /// The first of those that are listed twice.
    private var uniqueCandidates: [PlacementCandidate] {
        var seen: Set<TargetID> = []
        return candidates.filter { seen.insert($0.target).inserted }
    }

    private var inOrder: [PlacementCandidate] {
        guard !order.isEmpty else { return uniqueCandidates }
        var seen: Set<TargetID> = []
        return order.filter { seen.insert($0).inserted }
            .compactMap { target in candidates.first { $0.target == target } }
    }
}

extension PlacementChoice {
    /// Adds the candidates that were not in the order of preference at all.
    fileprivate mutating func consider(_ candidates: [PlacementCandidate], noted note: String) {
        let named = Set(considered.map(\.target))
        considered += candidates.filter { !named.contains($0.target) }.map { .init($0.target, note) }
    }
}
