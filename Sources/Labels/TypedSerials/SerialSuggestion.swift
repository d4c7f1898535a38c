/// An expected serial that a typed or misread one may have been meant for.
package struct SerialSuggestion: Equatable, Sendable {
    /// How the two differ; the likeliest mistakes first.
    package enum Difference: Int, Comparable, Sendable {
        /// Only in case, separators or characters that look alike.
        case looksAlike
        /// Two neighbours are swapped.
        case swapped
        case oneOther
        /// The typed text lacks a character.
        case oneMissing
        /// The typed text has a character too many.
        case oneExtra

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package var serial: String
    package var difference: Difference

    package init(serial: String, difference: Difference) {
        self.serial = serial
        self.difference = difference
    }

    /// Most suggestions that are given.
    package static let limit = 5

    /// The expected serials that one mistake leads to from the typed text, likeliest first, at most five.
    ///
    /// Empty when the text itself is expected: then there is nothing to suggest.
    package static func nearest(to typed: String, in expected: some Sequence<String>) -> [SerialSuggestion] {
        let text = Array(typed.trimmed)
        let shape = LookAlikes.shape(typed)
        var found: [SerialSuggestion] = []
        guard !text.isEmpty, text.count <= TypedSerial.limitCharacters else { return [] }
        for serial in expected {
            let other = Array(serial)
            if other == text { return [] }
            guard abs(other.count - text.count) <= 8, let difference = difference(text, other, shape) else {
                continue
            }
            let suggestion = SerialSuggestion(serial: serial, difference: difference)
            if !found.contains(suggestion) { found.append(suggestion) }
            if found.count > 4 * limit { found = ranked(found) }
        }
        return ranked(found)
    }

    private static func ranked(_ found: [SerialSuggestion]) -> [SerialSuggestion] {
        Array(
            found.sorted { ($0.difference, $0.serial) < ($1.difference, $1.serial) }.prefix(limit))
    }

    private static func difference(
        _ typed: [Character], _ other: [Character], _ shape: String
    ) -> Difference? {
        let start = zip(typed, other).prefix { $0 == $1 }.count
        let end = zip(typed[start...].reversed(), other[start...].reversed()).prefix { $0 == $1 }.count
        let (mine, theirs) = (typed[start..<(typed.count - end)], other[start..<(other.count - end)])
        if shape.count > 1, LookAlikes.shape(String(other)) == shape { return .looksAlike }
        switch (mine.count, theirs.count) {
        case (2, 2): return mine.reversed().elementsEqual(theirs) ? .swapped : nil
        case (1, 1): return .oneOther
        case (0, 1): return .oneMissing
        case (1, 0): return .oneExtra
        default: return nil
        }
    }
}
