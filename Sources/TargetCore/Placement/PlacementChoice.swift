internal import Model

/// What the rules choose, before it is asked where the device is now.
struct PlacementChoice {
    var target: TargetID?
    var reason: String
    var considered: [PlacementAnswer.Considered]

    /// The first of the preferences that can take the device.
    ///
    /// `by` names the rule that gave them, with a colon and a blank; those before it that could take none
    /// are in `passedBy`.
    init(
        of preferences: [PlacementPreference], for question: PlacementQuestion, by rule: String = "",
        passedBy: [String] = []
    ) {
        let against = preferences.map { $0.candidate.against(question) }
        let chosen = against.firstIndex { $0 == nil }
        considered = zip(preferences, against).enumerated().map { index, entry in
            let (preference, against) = entry
            let note = against ?? (index == chosen ? preference.why(0 < index) : preference.whyNot)
            return .init(preference.candidate.target, note)
        }
        let before = zip(preferences, against).prefix(chosen ?? preferences.count)
            .compactMap { preference, against in against.map { "\(preference.candidate.target) \($0)" } }
        let others = Self.few(passedBy + before)
        guard let chosen else {
            reason = others.isEmpty ? "no target takes it" : "no target takes it: " + others
            if !rule.isEmpty { reason = rule + reason }
            return
        }
        let preference = preferences[chosen]
        target = preference.candidate.target
        reason = "\(preference.candidate.target): \(rule)\(preference.why(0 < chosen))"
        if !others.isEmpty { reason += "; " + others }
    }

    /// The first of many.
    private static func few(_ words: [String]) -> String {
        let most = 4
        guard words.count > most else { return words.joined(separator: "; ") }
        return words.prefix(most - 1).joined(separator: "; ") + "; and \(words.count - most + 1) more"
    }
}

/// A candidate in an order of preference.
struct PlacementPreference {
    var candidate: PlacementCandidate
    /// Why it is chosen: as the first, or after others that could not take the device.
    var why: (_ afterOthers: Bool) -> String
    /// Why it is not, when one before it is.
    var whyNot: String
}

extension PlacementCandidate {
    /// Why it cannot take the device; `nil` when it can. A device that it has already needs no room and may
    /// stay while it drains.
    func against(_ question: PlacementQuestion) -> String? {
        if isDown(question) { return "is down" }
        if share == 0 { return "has weight 0" }
        guard question.current != target else { return nil }
        if standing == .draining { return "is draining" }
        let devices = max(0, question.devices[target] ?? 0)
        if let capacity, devices >= capacity { return "is full (\(devices) of \(max(0, capacity)))" }
        return nil
    }

    func isDown(_ question: PlacementQuestion) -> Bool {
        standing == .down || question.down.contains(target)
    }
}
