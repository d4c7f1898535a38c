/// A line of text that is being typed. Text is added and taken away at its end, as gloves allow.
package struct TextField: Equatable, Sendable {
    package private(set) var text: String

    /// The longest text that is taken; what comes after is left out.
    package static let limit = 256

    package init(_ text: String = "") {
        self.text = text
    }

    package var isEmpty: Bool { text.isEmpty }

    package mutating func add(_ scalar: Unicode.Scalar) {
        guard text.unicodeScalars.count < Self.limit, scalar.value >= 0x20, scalar.value != 0x7F else {
            return
        }
        text.unicodeScalars.append(scalar)
    }

    package mutating func erase() {
        if !text.isEmpty { text.removeLast() }
    }

    package mutating func clear() {
        text = ""
    }
}
