package import Model

extension HandOverError {
    /// The same error where a device was asked whether it has connected, and nothing was to be handed over. The device is named
    /// with the other details, by which the words of the two are told apart in every language.
    package func explanation(asking device: String) -> Explanation {
        let usual = explanation
        guard let (what, nextStep) = words(asking: device) else { return usual }
        return Explanation(id: usual.id, kind: usual.kind, what: what, nextStep: nextStep)
    }

    /// `nil` for what says nothing of a hand-over, or comes of one alone.
    private func words(asking device: String) -> (what: Sentence, nextStep: String)? {
        switch self {
        case .otherDevice(let expected, let field, _, let said):
            (
                "Nothing is proven: this is not \(expected). Its \(field) is \(said).",
                "Connect the device that is asked about, or open the one that is connected."
            )
        case .refusedByDevice(let code, let reason):
            (
                "Nothing is proven of \(device): it refused (\(code)): \(reason).",
                "Do what the reason asks, then ask again."
            )
        case .noAnswer, .linkLost, .linkUnusable, .notReached, .answeredByOther, .peerNotTrusted:
            linkWords(asking: device)
        case .manifestUnreadable, .partDamaged, .lineUnreadable, .profileUnusable, .nothingToCompare,
            .clonedIdentity, .identityRefused, .requestUnreadable, .noKeyToGive, .notInstalled,
            .confirmationFalse, .notEncrypted, .stopped, .outOfOrder:
            nil
        }
    }

    private func linkWords(asking device: String) -> (what: Sentence, nextStep: String)? {
        let start: Sentence = "Nothing is proven of \(device): "
        return switch self {
        case .noAnswer(let link):
            (start + "nobody answers on \(link).", "Check cable, power and speed, then ask again.")
        case .linkLost(let link):
            (start + "\(link) is gone.", "Connect the device again, then ask again.")
        case .linkUnusable(let link, let reason):
            (start + "\(link) \(reason).", "Choose another way (--to), or correct this one.")
        case .notReached(let link, let reason):
            (
                start + "\(link) was not reached: \(reason).",
                "Check address, power and network, then ask again."
            )
        case .answeredByOther(let link, let other):
            (
                start + "\(link) is answered by something else: \(other).",
                "Check the address, and that no sign-in page of this network stands in between."
            )
        case .peerNotTrusted(let link, let reason):
            (
                start + "\(link) did not prove that it is the device: \(reason).",
                "Compare its fingerprint with the one on the device; do not go on if they differ."
            )
        default: nil
        }
    }
}
