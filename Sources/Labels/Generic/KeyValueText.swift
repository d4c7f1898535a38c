/// Text of names and values, as vendors print it without any standard.
enum KeyValueText {
    /// `key:value` and `key=value`, divided by `;`, `,`, `|` or line ends, or by blanks before the next key.
    static func pairs(_ text: String) -> [(name: String, value: String)] {
        let pieces = text.split { ";,|".contains($0) || $0.isNewline }
        let isOnePiece = pieces.count == 1 && !isOnePair(pieces[0])
        return pieces.flatMap { isOnePiece ? words($0) : knownKeys($0) }.compactMap(pair)
    }

    private static func pair(_ piece: Substring) -> (name: String, value: String)? {
        guard let divider = piece.firstIndex(where: isDivider) else { return nil }
        let name = piece[..<divider].trimmed
        guard (1...32).contains(name.count) else { return nil }
        return (name, piece[piece.index(after: divider)...].trimmed)
    }

    private static func isDivider(_ character: Character) -> Bool { character == ":" || character == "=" }

    /// Whether the text is one known name, which may have blanks in it, with its value.
    private static func isOnePair(_ piece: Substring) -> Bool {
        guard let (name, value) = pair(piece), FieldAliases.field(name) != nil else { return false }
        return !value.split(separator: " ").contains { key($0) != nil }
    }

    /// The name with which a word begins a pair; an address is no pair.
    private static func key(_ word: Substring) -> Substring? {
        let name = word.prefix { !isDivider($0) }
        guard name.count < word.count, !name.isEmpty, !word.dropFirst(name.count).hasPrefix("://") else {
            return nil
        }
        return name
    }

    /// A piece divided before each word that begins with a known name.
    private static func knownKeys(_ piece: Substring) -> [Substring] {
        var pieces: [Substring] = []
        var start = piece.startIndex
        for word in piece.split(separator: " ") where word.startIndex > piece.startIndex {
            guard let name = key(word), FieldAliases.field(name) != nil,
                piece[start..<word.startIndex].contains(where: isDivider)
            else { continue }
            pieces.append(piece[start..<word.startIndex])
            start = word.startIndex
        }
        return pieces + [piece[start...]]
    }

    /// Words, each of which starts a pair when it has a divider behind a name; others belong to the pair
    /// before.
    private static func words(_ text: Substring) -> [Substring] {
        var pieces: [Substring] = []
        for word in text.split(separator: " ") {
            if key(word) != nil || pieces.isEmpty {
                pieces.append(word)
            } else if let last = pieces.indices.last, pieces[last].last.map(isDivider) == true {
                // A value of several words ends where free text could begin: only an empty value takes the
                // next word.
                pieces[last] += word
            }
        }
        return pieces
    }
}
