/// What an account is allowed in place of what its cloud's documents say: a quota that was raised, a hub with more units.
package struct OwnLimit: Codable, Equatable, Sendable {
    /// Of the limit that it stands for, as in `CloudLimit.name`.
    package var name: String
    /// Calls in a window: 1 to 10,000,000.
    package var count: Int
    /// Length of the window, 1 to 2,678,400 (31 days); `nil` for that of the documents.
    package var seconds: Int?

    package init(_ name: String, count: Int, seconds: Int? = nil) {
        self.name = name
        self.count = count
        self.seconds = seconds
    }

    /// Reads `NAME=NUMBER` or `NAME=NUMBER/SECONDS`; `nil` for anything else, and for numbers out of bounds.
    package init?(_ text: String) {
        let halves = text.split(separator: "=", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty else { return nil }
        let numbers = halves[1].split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count), numbers.allSatisfy({ $0.allSatisfy(\.isASCIIDigit) }),
            let count = Int(numbers[0]), (1...CloudLimit.mostCalls).contains(count)
        else { return nil }
        self.init(String(halves[0]), count: count)
        guard numbers.count == 2 else { return }
        guard let seconds = Int(numbers[1]), (1...CloudLimit.longestSeconds).contains(seconds) else {
            return nil
        }
        self.seconds = seconds
    }
}

extension [CloudLimit] {
    /// The limits, with the account's own numbers where it has any. Names that no limit has change nothing.
    package func replaced(by own: [OwnLimit]) -> [CloudLimit] {
        guard !own.isEmpty else { return self }
        let byName = Dictionary(own.map { ($0.name, $0) }) { _, last in last }
        return map { limit in
            guard let own = byName[limit.name] else { return limit }
            var limit = limit
            limit.published = CloudLimit.Published(count: limit.count, seconds: limit.seconds)
            limit.count = own.count
            limit.seconds = own.seconds ?? limit.seconds
            return limit
        }
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
