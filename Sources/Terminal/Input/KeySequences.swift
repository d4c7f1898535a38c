package import Canvas

/// What a terminal type's own entry says that its keys send.
package struct KeySequences: Sendable {
    private var keys: [[UInt8]: Key] = [:]
    private var longest = 0

    package init(_ keys: [[UInt8]: Key] = [:]) {
        // A key that sends a plain character is text, whatever the entry calls it.
        for (bytes, key) in keys where bytes.count > 1 && bytes.first == 0x1B {
            self.keys[bytes] = key
            longest = max(longest, bytes.count)
        }
    }

    enum Match: Equatable {
        case found(length: Int, Key)
        case maybe
        case none
    }

    /// The longest sequence that stands at the start.
    func match(_ bytes: ArraySlice<UInt8>) -> Match {
        guard longest > 0 else { return .none }
        for length in stride(from: min(longest, bytes.count), to: 1, by: -1) {
            if let key = keys[Array(bytes.prefix(length))] { return .found(length: length, key) }
        }
        guard bytes.count < longest else { return .none }
        return keys.keys.contains { $0.count > bytes.count && $0.starts(with: bytes) } ? .maybe : .none
    }

    /// The capabilities that name keys. Source: terminfo(5).
    static let capabilities: [(name: String, key: Key)] =
        [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home),
            ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kich1", .insert), ("kdch1", .delete),
            ("kcbt", .backTab), ("kDC", Key(.delete, .shift)), ("kHOM", Key(.home, .shift)),
            ("kEND", Key(.end, .shift)), ("kLFT", Key(.left, .shift)), ("kRIT", Key(.right, .shift)),
        ] + (1...12).map { ("kf\($0)", .f($0)) }
}
