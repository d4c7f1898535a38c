package import Model

/// Why nobody was asked for a word on a device's connection, or nothing was tried in its place. The words fit the command
/// line and the screen: options stand in brackets beside what is the name of an action.
package enum WitnessError: Explained, Equatable, Sendable {
    /// Its target lets it in by its own name alone, and it may be connected.
    case mayInterrupt(device: String, target: String)
    /// It is with the registrar's own authority alone.
    case noTarget(device: String)
    /// There is nothing to hold the device's signature against.
    case noCertificate(device: String)
    /// The device does not know the question.
    case questionUnknown(device: String)
    /// What was laid down is taken later, or prompts are all there is.
    case nobodyAnswers(device: String, link: String)

    package var explanation: Explanation {
        switch self {
        case .mayInterrupt(let device, let target):
            Explanation(
                id: Self.mayInterruptID, kind: .usage,
                what: "Nothing was sent: \(target) lets \(device) in by its own name alone, and throws it "
                    + "out, where it is connected, when somebody else comes by that name.",
                nextStep: "Ask its target (`muster verify \(device) --by target`). Or allow the interruption "
                    + "(--may-interrupt), if it does no harm now.")
        case .noTarget(let device):
            Explanation(
                id: "target_missing", kind: .badInput,
                what:
                    "Nothing was asked: \(device) is with no target, and the registrar's own authority sees "
                    + "no device connect.",
                nextStep: "Connect with its key (--key FILE), or ask the device (--by device).")
        case .noCertificate(let device):
            Explanation(
                id: "certificate_missing", kind: .badInput,
                what: "Nothing is proven of \(device): this store has no certificate of it to hold its "
                    + "signature against.",
                nextStep: "Ask its target (`muster verify \(device) --by target`).")
        case .questionUnknown(let device):
            Explanation(
                id: "question_unknown",
                what:
                    "Nothing is proven of \(device): it does not know the question whether it has connected.",
                nextStep: "Ask its target (`muster verify \(device) --by target`), or connect with its key "
                    + "(--key FILE).")
        case .nobodyAnswers(let device, let link):
            Explanation(
                id: "way_without_answers", kind: .usage,
                what: "Nothing is proven of \(device): nobody answers at \(link).",
                nextStep: "Choose another way (--to): serial:, https:, http:, or ssh: with a command that "
                    + "speaks the protocol.")
        }
    }

    /// By which a screen knows that an interruption may be allowed.
    static let mayInterruptID = "device_may_be_connected"
}
