/// A word of Azure's from a set that may grow: every word is read, the known ones have names.
package protocol OpenWord: RawRepresentable<String>, Codable, Hashable, Sendable, ExpressibleByStringLiteral {
    init(rawValue: String)
}

extension OpenWord {
    package init(stringLiteral word: String) { self.init(rawValue: word) }
}
