package import Model

/// The language of the screens, chosen by the locale.
package enum Language: String, Codable, CaseIterable, Sendable {
    case english = "en"
    case german = "de"

    /// The language of a POSIX locale name such as `de_CH.UTF-8`; English for any that is not known.
    package init(locale: String) {
        self = locale.lowercased().hasPrefix("de") ? .german : .english
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
    package func explain(_ explanation: Explanation) -> Explanation {
        switch self {
        case .english: return explanation
        case .german:
            guard let (what, nextStep) = German.explanations[explanation.id] else { return explanation }
            return Explanation(id: explanation.id, what: what, nextStep: nextStep)
        }
    }
}
