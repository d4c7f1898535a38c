/// A pattern of text: `*` stands for any characters, also none, and `?` for one. ASCII capitals and small
/// letters are alike.
package struct Wildcard: Codable, Hashable, Sendable {
    package var text: String

    package init(_ text: String) {
        self.text = text
    }

    package init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }

    /// Takes at most as many steps as the product of both lengths.
    package func matches(_ other: String) -> Bool {
        let pattern = Self.letters(text)
        let subject = Self.letters(other)
        var (here, there) = (0, 0)
        var lastStar: (here: Int, there: Int)?
        while there < subject.count {
            if here < pattern.count, pattern[here] == Self.any {
                lastStar = (here, there)
                here += 1
            } else if here < pattern.count, pattern[here] == Self.one || pattern[here] == subject[there] {
                here += 1
                there += 1
            } else if let star = lastStar {
                lastStar = (star.here, star.there + 1)
                here = star.here + 1
                there = star.there + 1
            } else {
                return false
            }
        }
        return pattern[here...].allSatisfy { $0 == Self.any }
    }

    /// Whether everything that the other matches is matched by this. `false` where that cannot be told.
    func covers(_ other: Wildcard) -> Bool {
        let mine = Self.letters(text)
        let theirs = Self.letters(other.text)
        if mine == theirs || mine == [Self.any] { return true }
        guard theirs.contains(where: Self.isWild) else { return matches(other.text) }
        guard mine.last == Self.any, !mine.dropLast().contains(where: Self.isWild) else { return false }
        return theirs.prefix { !Self.isWild($0) }.starts(with: mine.dropLast())
    }

    private static let any: Unicode.Scalar = "*"
    private static let one: Unicode.Scalar = "?"

    private static func isWild(_ letter: Unicode.Scalar) -> Bool { letter == any || letter == one }

    private static func letters(_ text: String) -> [Unicode.Scalar] {
        Array(PlacementHash.lowerCased(text).unicodeScalars)
    }
}
