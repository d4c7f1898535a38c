package import Model

/// The language of the screens, chosen by the locale.
package enum Language: String, Codable, CaseIterable, Sendable {
    case english = "en"
    case german = "de"

    /// The language of a POSIX locale name such as `de_CH.UTF-8`; English for any that is not known.
    package init(locale: String) {
        self = locale.lowercased().hasPrefix("de") ? .german : .english
    }

    /// What those who speak it call it.
    var ownName: String {
        switch self {
        case .english: "English"
        case .german: "Deutsch"
        }
    }

    /// A phrase with its `{1}`, `{2}` … replaced by the arguments, in one pass: an argument is never looked into.
    package func say(_ phrase: Phrase, _ arguments: String...) -> String {
        fill(pattern(phrase), arguments)
    }

    private func pattern(_ phrase: Phrase) -> String {
        switch self {
        case .english: phrase.rawValue
        case .german: German.phrases[phrase] ?? phrase.rawValue
        }
    }

    private func fill(_ pattern: String, _ arguments: [String]) -> String {
        guard !arguments.isEmpty, pattern.contains("{") else { return pattern }
        var (filled, rest) = ("", Array(pattern)[...])
        while let character = rest.popFirst() {
            if character == "{", rest.count >= 2, let number = rest.first?.wholeNumberValue,
                rest[rest.startIndex + 1] == "}", (1...arguments.count).contains(number)
            {
                filled += arguments[number - 1]
                rest = rest.dropFirst(2)
            } else {
                filled.append(character)
            }
        }
        return filled
    }

    /// An explanation in this language; as it is where the catalogue has none of its id.
    ///
    /// Of several wordings the one with a place for each detail is taken; details without a place follow in brackets, so that
    /// nothing is lost.
    package func explain(_ explanation: Explanation) -> Explanation {
        switch self {
        case .english: return explanation
        case .german:
            let terms = German.terms[explanation.id] ?? [:]
            let details = explanation.details.map { terms[$0] ?? $0 }
            let wordings = German.explanations[explanation.id] ?? []
            guard
                let wording = wordings.filter({ $0.places <= details.count }).max(by: {
                    $0.places < $1.places
                })
            else { return explanation }
            let rest = details.dropFirst(wording.places).joined(separator: ", ")
            let what = fill(wording.what, details) + (rest.isEmpty ? "" : " (\(rest))")
            return Explanation(
                id: explanation.id, kind: explanation.kind,
                what: Sentence(what, details: explanation.details),
                nextStep: fill(wording.nextStep, details))
        }
    }

    /// The summary of an operation, which is kept in English; as it is where its words are not known.
    package func retell(summary: String) -> String {
        let phrases: [Phrase] = [
            .summaryClaim, .summaryProvision, .summaryRelease, .summaryRevoke, .summaryNote, .summaryAsk,
        ]
        for phrase in phrases {
            guard let place = phrase.rawValue.firstRange(of: "{1}") else { continue }
            let (start, end) = (phrase.rawValue[..<place.lowerBound], phrase.rawValue[place.upperBound...])
            guard summary.hasPrefix(start), summary.hasSuffix(end) else { continue }
            return say(phrase, String(summary.dropFirst(start.count).dropLast(end.count)))
        }
        let (place, at) = ("Place ", " at ")
        guard summary.hasPrefix(place), let middle = summary.ranges(of: at).last else { return summary }
        let name = summary[..<middle.lowerBound].dropFirst(place.count)
        return say(.summaryPlace, String(name), String(summary[middle.upperBound...]))
    }
}
