/// A value that never prints: claim codes, passwords, keys.
///
/// `description`, `debugDescription`, string interpolation and reflection all give `‹redacted›`, so a secret
/// cannot reach a log, an error or a snapshot by accident. Reading `unredacted` is the one deliberate way out.
package struct Redacted<Value: Equatable & Sendable>: Equatable, Sendable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    /// What every secret prints as.
    package static var placeholder: String { "‹redacted›" }

    package var unredacted: Value

    package init(_ value: Value) {
        unredacted = value
    }

    package var description: String { Self.placeholder }
    package var debugDescription: String { Self.placeholder }
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
