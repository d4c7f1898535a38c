/// What a person reads when something went wrong: what failed, what it means for the work, what to do next.
package struct Explanation: Equatable, Sendable {
    /// Stable and searchable, in snake_case; also the `code` in JSON output. Example: `store_full`.
    package var id: String
    /// Past tense, with the consequence: "The device was not saved: the disk is full".
    package var what: String
    /// Imperative: "Free space, then save again".
    package var nextStep: String

    /// What was filled into `what`, in its order, for saying it in another language.
    package private(set) var details: [String]

    package init(id: String, what: Sentence, nextStep: String) {
        self.id = id
        self.what = what.text
        self.nextStep = nextStep
        details = what.details
    }
}

/// An error that can explain itself. Every module's error type conforms; a test asks each case.
package protocol Explained: Error {
    var explanation: Explanation { get }
}
