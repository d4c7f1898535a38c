/// What a person reads when something went wrong: what failed, what it means for the work, what to do next.
package struct Explanation: Equatable, Sendable {
    /// Stable and searchable, in snake_case; also the `code` in JSON output. Example: `store_full`.
    package var id: String
    /// Past tense, with the consequence: "The device was not saved: the disk is full".
    package var what: String
    /// Imperative: "Free space, then save again".
    package var nextStep: String

    package init(id: String, what: String, nextStep: String) {
        self.id = id
        self.what = what
        self.nextStep = nextStep
    }
}

/// An error that can explain itself. Every module's error type conforms; a test asks each case.
package protocol Explained: Error {
    var explanation: Explanation { get }
}
