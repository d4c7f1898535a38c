import Model

/// A serial that somebody typed, after the mistakes that prove themselves were mended.
///
/// A character is changed only when the maker's alphabet does not have it and one other reading is left, or
/// the check characters prove one of several. Transpositions are suggested, never applied.
package struct TypedSerial: Equatable, Sendable, CustomStringConvertible, CustomReflectable {
    /// As it is to be used: without separators, except in a free alphabet.
    package var value: String
    /// Whether a character was changed; a person sees what it became.
    package var isCorrected: Bool
    private let isSecret: Bool

    /// Longest text that is looked at.
    package static let limitCharacters = 128

    package var description: String { isSecret ? Redacted<String>.placeholder : value }
    package var customMirror: Mirror { Mirror(self, children: ["value": description]) }

    /// What typed text means in an alphabet, proven by its check characters if it has some.
    package static func read(
        _ text: String, alphabet: SerialAlphabet, check: CheckAlgorithm = .none
    ) -> Result<TypedSerial, TypedSerialFailure> {
        let text = text.trimmed
        guard !text.isEmpty else { return .failure(TypedSerialFailure(.empty)) }
        guard text.count <= limitCharacters else { return .failure(TypedSerialFailure(.badLength)) }
        let entry = Entry(text, alphabet, check)
        guard !entry.hasUnknown, !(alphabet.isSecret && entry.isFolded) else {
            return .failure(
                TypedSerialFailure(.badCharset, suggestions: entry.offers))
        }
        if alphabet.isSecret, !(6...32).contains(text.count) {
            return .failure(TypedSerialFailure(.badLength))
        }
        let proven = entry.candidates.filter(check.verifies)
        guard !proven.isEmpty else {
            return .failure(
                TypedSerialFailure(.badCheckDigit, suggestions: Self.suggestions(entry, alphabet, check)))
        }
        guard proven.count == 1 else {
            return .failure(TypedSerialFailure(.ambiguous, suggestions: proven))
        }
        return .success(
            TypedSerial(value: proven[0], isCorrected: entry.isFolded, isSecret: alphabet.isSecret))
    }

    /// Texts close to what was typed that the check proves: look-alikes first, then two neighbours swapped.
    private static func suggestions(
        _ entry: Entry, _ alphabet: SerialAlphabet, _ check: CheckAlgorithm
    ) -> [String] {
        guard !alphabet.isSecret, let typed = entry.candidates.first else { return [] }
        let hasLookAlikes = alphabet != .digits && typed.count <= 40
        let lookAlikes = hasLookAlikes ? LookAlikes.variants(of: typed, limit: 512) : []
        var found: [String] = []
        for candidate in lookAlikes + Transposition.all(of: typed)
        where check.verifies(candidate) && !found.contains(candidate) {
            found.append(candidate)
        }
        return Array(found.prefix(SerialSuggestion.limit))
    }
}

/// The readings of typed text, character by character.
private struct Entry {
    /// Texts of the alphabet that it can mean; several where a character looks like several.
    private(set) var candidates = [""]
    private(set) var isFolded = false
    private(set) var hasUnknown = false
    /// What a secret that cannot be as it was typed may have been.
    private(set) var offers: [String] = []

    private static let limitCandidates = 64

    init(_ text: String, _ alphabet: SerialAlphabet, _ check: CheckAlgorithm) {
        let last = text.indices.last
        for index in text.indices {
            let character = text[index]
            let meaning = alphabet.meaning(of: character)
            if index == last, meaning == .unknown, let symbol = check.ownSymbol(character) {
                take(.itself(symbol))
            } else {
                take(meaning)
            }
        }
        offers = alphabet.isSecret && !hasUnknown ? candidates : []
    }

    private mutating func take(_ meaning: SerialAlphabet.Meaning) {
        switch meaning {
        case .separator: break
        case .itself(let character): append([character])
        case .lookAlike(let character):
            isFolded = true
            append([character])
        case .several(let characters):
            isFolded = true
            append(characters)
        case .unknown: hasUnknown = true
        }
    }

    private mutating func append(_ characters: [Character]) {
        candidates = candidates.flatMap { before in characters.map { before + String($0) } }
        // More readings than this no check proves; the text is then ambiguous either way.
        candidates = Array(candidates.prefix(Self.limitCandidates))
    }
}

/// Two neighbours swapped, the commonest mistake after look-alikes.
enum Transposition {
    static func all(of text: String) -> [String] {
        let characters = Array(text)
        return characters.indices.dropLast().compactMap { index in
            guard characters[index] != characters[index + 1] else { return nil }
            var swapped = characters
            swapped.swapAt(index, index + 1)
            return String(swapped)
        }
    }
}
