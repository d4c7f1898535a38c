/// Characters that people and printers mistake for each other.
enum LookAlikes {
    /// The digit that a letter is taken for where only digits stand.
    static func digit(for character: Character) -> Character? { digits[character] }

    private static let digits: [Character: Character] = [
        "O": "0", "o": "0", "Q": "0", "D": "0", "I": "1", "i": "1", "L": "1", "l": "1", "|": "1", "Z": "2",
        "z": "2", "S": "5", "s": "5", "G": "6", "b": "6", "T": "7", "B": "8", "g": "9", "q": "9",
    ]

    /// The pairs that are confused where letters and digits stand side by side.
    private static let partners: [Character: [Character]] = {
        var partners: [Character: [Character]] = [:]
        for pair in ["0O", "0Q", "0D", "1I", "1L", "2Z", "5S", "6G", "7T", "8B"] {
            guard let first = pair.first, let last = pair.last else { continue }
            partners[first, default: []].append(last)
            partners[last, default: []].append(first)
        }
        return partners
    }()

    /// The characters that a capital letter or digit may have been.
    static func partners(of character: Character) -> [Character] { partners[character] ?? [] }

    /// A text in which look-alikes and cases are all one and separators are gone: equal for texts that look
    /// the same.
    static func shape(_ text: String) -> String {
        String(
            text.uppercased().compactMap { character -> Character? in
                guard character.isLetter || character.isNumber else { return nil }
                return digits[character] ?? character
            })
    }

    /// Every text that differs from this one by look-alikes only, those with fewest differences first;
    /// `limit` of them.
    static func variants(of text: String, limit: Int) -> [String] {
        let characters = Array(text)
        var found: [String] = []
        var level = [characters]
        var seen: Set<[Character]> = [characters]
        while !level.isEmpty, found.count < limit {
            var next: [[Character]] = []
            for candidate in level {
                for index in candidate.indices {
                    for partner in partners(of: candidate[index]) where found.count < limit {
                        var changed = candidate
                        changed[index] = partner
                        guard seen.insert(changed).inserted else { continue }
                        found.append(String(changed))
                        next.append(changed)
                    }
                }
            }
            level = next
        }
        return found
    }
}
