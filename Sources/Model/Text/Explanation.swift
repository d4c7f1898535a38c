/// What a person reads when something went wrong: what failed, what it means for the work, what to do next.
package struct Explanation: Equatable, Sendable {
    /// Stable and searchable, in snake_case; also the `code` in JSON output. Example: `store_full`.
    package var id: String
    /// What programs make of it, as in their exit codes.
    package var kind: Kind
    /// Past tense, with the consequence: "The device was not saved: the disk is full".
    package var what: String
    /// Imperative: "Free space, then save again".
    package var nextStep: String

    /// What was filled into `what`, in its order, for saying it in another language.
    package private(set) var details: [String]

    /// What sort of failure it is, for whoever reacts to it without reading.
    package enum Kind: Equatable, Sendable {
        case failed
        /// What was asked for cannot be asked for in this way.
        case usage
        /// What was given to work on is not usable.
        case badInput
        /// A device, file, service or library is missing.
        case unavailable
        case cannotWrite
        case notPermitted
        /// What was done stays, and a person has to look at it.
        case needsPerson
    }

    package init(id: String, kind: Kind = .failed, what: Sentence, nextStep: String) {
        self.id = id
        self.kind = kind
        self.what = what.text
        self.nextStep = nextStep
        details = what.details
    }
}

/// An error that can explain itself. Every module's error type conforms; a test asks each case.
package protocol Explained: Error {
    var explanation: Explanation { get }
}
