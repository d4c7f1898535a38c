/// What must never come out of a reader, and did. It is about invented inputs, so it may show them.
package struct Violation: Error, Equatable, CustomStringConvertible {
    package var description: String

    init(_ description: String) {
        self.description = description
    }
}

/// - Throws: `Violation` with those words, unless the condition holds.
func require(_ condition: Bool, _ words: @autoclosure () -> String) throws(Violation) {
    guard condition else { throw Violation(words()) }
}
