package import Model

/// Why what came over the keyboard is not taken as a code. It holds nothing of the text, which may be a
/// secret.
package enum WedgeFailure: Error, Equatable, Sendable, Explained {
    case empty
    /// Longer than any symbol is.
    case tooLong
    /// What no label holds but a terminal obeys: ESC sequences, further control characters, invisible
    /// direction marks.
    case controlCharacters
    /// The scanner holds another keyboard layout in mind than the machine.
    case layoutMismatch(scanner: KeyboardLayout, machine: KeyboardLayout)
    /// Capital and small letters are swapped.
    case capsLock

    /// As `--json` output spells the reason.
    package var code: String {
        switch self {
        case .empty: "empty"
        case .tooLong: "badLength"
        case .controlCharacters: "controlCharacters"
        case .layoutMismatch, .capsLock: "layoutMismatch"
        }
    }

    package var explanation: Explanation {
        switch self {
        case .empty:
            Explanation(
                id: "wedge_empty", what: "The scanner sent an end of line and nothing before it.",
                nextStep: "Scan the code again.")
        case .tooLong:
            Explanation(
                id: "wedge_too_long",
                what: "The scanner sent more than one code can hold, so nothing of it was taken.",
                nextStep: "Set the scanner to send Enter after each code, then scan again.")
        case .controlCharacters:
            Explanation(
                id: "wedge_control_characters",
                what: "The code was not taken: it holds control characters that no label needs.",
                nextStep: "Scan it again; if it stays so, set the device aside and tell the desk.")
        case .layoutMismatch(let scanner, let machine):
            Explanation(
                id: "wedge_layout_mismatch",
                what:
                    "The code arrived garbled: the scanner types on a \(scanner.name) keyboard, but this "
                    + "machine is set to \(machine.name).",
                nextStep:
                    "Set the scanner's keyboard country to \(machine.name), or this machine's keyboard to "
                    + "\(scanner.name), then scan again.")
        case .capsLock:
            Explanation(
                id: "wedge_caps_lock",
                what: "The code arrived with capital and small letters swapped: Caps Lock is on.",
                nextStep: "Switch Caps Lock off, then scan again.")
        }
    }
}
