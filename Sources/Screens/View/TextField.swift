package import Model

/// A line of text that is being typed. Text is added and taken away at its end, as gloves allow.
package struct TextField: Equatable, Sendable {
    private var content: Content

    private enum Content: Equatable, Sendable {
        case plain(String)
        case secret(SecretText)
    }

    /// The longest text that is taken; what comes after is left out.
    package static let limit = 256

    package init(_ text: String = "") {
        content = .plain(text)
    }

    /// Empty for a secret.
    package var text: String { if case .plain(let text) = content { text } else { "" } }

    /// What was typed since it became one.
    package var secret: SecretText? { if case .secret(let secret) = content { secret } else { nil } }

    /// What the screen shows.
    package var shown: String {
        switch content {
        case .plain(let text): text
        case .secret(let secret): String(repeating: "•", count: secret.count)
        }
    }

    package var isEmpty: Bool { count == 0 }

    private var count: Int {
        switch content {
        case .plain(let text): text.unicodeScalars.count
        case .secret(let secret): secret.count
        }
    }

    /// Takes what is typed from now on for a secret, into memory of the kind that is given.
    package mutating func hide(in memory: SecretText) {
        if case .plain = content { content = .secret(memory) }
    }

    package mutating func add(_ scalar: Unicode.Scalar) {
        guard count < Self.limit, scalar.value >= 0x20, scalar.value != 0x7F else { return }
        switch content {
        case .plain(var text):
            text.unicodeScalars.append(scalar)
            content = .plain(text)
        case .secret(var secret):
            secret.add(scalar)
            content = .secret(secret)
        }
    }

    package mutating func erase() {
        switch content {
        case .plain(let text): content = .plain(String(text.dropLast()))
        case .secret(var secret):
            secret.removeLast()
            content = .secret(secret)
        }
    }

    package mutating func clear() {
        while !isEmpty { erase() }
    }
}
