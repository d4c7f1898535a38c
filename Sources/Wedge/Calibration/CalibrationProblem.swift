package import Model

/// What has to be changed at a scanner before its codes can be trusted.
package enum CalibrationProblem: Error, Equatable, Sendable, Explained {
    /// One of the codes was not the one of the page, or arrived torn.
    case wrongCode
    /// The codes did not end the same way.
    case terminatorsDiffer
    /// The scanner sends nothing where a symbol has a separator.
    case separatorLost
    case capsLock
    case layoutMismatch(scanner: KeyboardLayout, machine: KeyboardLayout)
    /// Characters that did not arrive, in the order of the code.
    case charactersLost([Unicode.Scalar])

    package var explanation: Explanation {
        switch self {
        case .wrongCode:
            Explanation(
                id: "calibration_wrong_code",
                what: "The scanner was not set up: what arrived is not the code that was asked for.",
                nextStep: "Scan the codes of the page once more, in their order.")
        case .terminatorsDiffer:
            Explanation(
                id: "calibration_terminators_differ",
                what: "The scanner was not set up: it ended its codes in different ways.",
                nextStep: "Set the scanner to send Enter after every kind of code, then scan the page again.")
        case .separatorLost:
            Explanation(
                id: "calibration_separator_lost",
                what:
                    "The scanner was not set up: it leaves out the separators within codes, so that serial "
                    + "and lot would run together.",
                nextStep:
                    "Set the scanner to send GS as Ctrl+] or as a sign such as ~, then scan the page again.")
        case .capsLock:
            WedgeFailure.capsLock.explanation
        case .layoutMismatch(let scanner, let machine):
            WedgeFailure.layoutMismatch(scanner: scanner, machine: machine).explanation
        case .charactersLost(let lost):
            Explanation(
                id: "calibration_characters_lost",
                what: "The scanner was not set up: these characters did not arrive as they were sent: "
                    + "\(lost.map { String($0) }.joined(separator: " ")).",
                nextStep:
                    "Set the scanner's keyboard country to that of this machine, then scan the page again.")
        }
    }
}
