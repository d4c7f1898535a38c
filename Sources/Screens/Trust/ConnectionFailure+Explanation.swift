package import Model

extension ConnectionFailure {
    /// Why a witness's word proves nothing, and what to do. What the witness said stays in its own words.
    package var explanation: Explanation {
        Explanation(id: cause.code, what: "Nothing is proven: \(cause.text).", nextStep: nextStep)
    }

    private var nextStep: String {
        switch cause.code {
        case "unknown_at_target":
            "Look at its provisioning in what was done to it; have the desk look at the target."
        case "not_seen_by_target":
            "Check power and network of the device, wait a minute or two, then ask again."
        case "seen_before_certificate": "Hand over what it has now, have it connect, then ask again."
        case "device_not_connected": "Check its network and the address of its service, then ask again."
        case "device_signature_false": "Set the device aside and compare its key: it may be a copy."
        case "connected_with_another": "Have it connect with what it has now, then ask again."
        case "device_clock": "Set the device's clock, have it connect, then ask again."
        default: "Ask again later; what was said is kept in the history."
        }
    }
}
