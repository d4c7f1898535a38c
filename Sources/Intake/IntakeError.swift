package import Labels
package import Model

/// Why what was captured is not a device. Nothing was saved.
package enum IntakeError: Explained, Equatable, Sendable {
    case serialMalformed
    /// Two codes give two values for the same fact.
    case contradiction(field: String, known: String, new: String)
    /// No code could be understood; why the first could not.
    case notUnderstood(LabelFailure)

    package var explanation: Explanation {
        switch self {
        case .serialMalformed:
            Explanation(
                id: "serial_malformed",
                what: "Nothing was saved: a serial must be 1 to 128 printable characters.",
                nextStep: "Type it as it is printed.")
        case .contradiction(let field, let known, let new):
            Explanation(
                id: "label_ambiguous",
                what: "Nothing was saved: the codes give two values for \(field), `\(known)` and `\(new)`.",
                nextStep: "Scan the codes of one device alone.")
        case .notUnderstood(let failure): failure.explanation
        }
    }
}
