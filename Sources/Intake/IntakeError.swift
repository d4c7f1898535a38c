package import Labels
package import Model

/// Why what was captured is not a device. Nothing was saved.
package enum IntakeError: Explained, Equatable, Sendable {
    case serialMalformed
    /// Two codes give two values for the same fact.
    case contradiction(field: String, known: String, new: String)
    /// No code could be understood; why the first could not.
    case notUnderstood(LabelFailure)
    /// The code that names the device was read in doubt.
    case disputed(device: String)
    /// The code can be read as two devices, or as a device and a product; each in words.
    case twoReadings(String, String)

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
        case .disputed(let device):
            Explanation(
                id: "label_disputed", what: "Nothing was saved: the code of \(device) was read in doubt.",
                nextStep:
                    "Take the picture again, sharper and closer; or compare it with the label and type the serial."
            )
        case .twoReadings(let one, let other):
            Explanation(
                id: "label_two_readings",
                what: "Nothing was saved: the code can be read as \(one), or as \(other).",
                nextStep: "Scan another code of the label too, type the serial, or say which format it is.")
        }
    }
}
