/// How the private key of a device came to be. The order of the cases is the order of preference where a product
/// says nothing else.
package enum KeyOrigin: String, Codable, CaseIterable, Sendable {
    /// The device made it and has never shown it.
    case device
    /// A TPM made it and lets nobody read it.
    case tpm
    /// Muster made it, for a device that cannot make its own.
    case made

    /// Who made the key, in the words of a sentence: "by the device".
    package var words: String {
        switch self {
        case .device: "by the device"
        case .tpm: "in a TPM"
        case .made: "by Muster"
        }
    }
}

/// Why a key is not certified for a device of a product; the same words at the registrar and before anything is saved.
package struct KeyOriginObjection: Equatable, Sendable {
    package var what: String
    package var nextStep: String
}

extension Product {
    /// How the keys of its devices may be made, the first choice first.
    package var allowedKeyOrigins: [KeyOrigin] { keyOrigins ?? KeyOrigin.allCases }

    /// Why a key that was made this way is not taken; `nil` when it is. `origin`: as it was stated; one that nobody stated is
    /// none of those that a policy names.
    package func objection(to origin: KeyOrigin?) -> KeyOriginObjection? {
        guard let keyOrigins else { return nil }
        if let origin, keyOrigins.contains(origin) { return nil }
        let allowed = keyOrigins.map(\.words).joined(separator: " or ")
        let found = origin.map { "this one was made \($0.words)" } ?? "how this one was made is not said"
        return KeyOriginObjection(
            what: "Keys of product \(productID) must be made \(allowed); \(found).",
            nextStep: keyOrigins.first.map(Self.nextStep) ?? "Ask the desk how keys of \(productID) are made."
        )
    }

    private static func nextStep(_ origin: KeyOrigin) -> String {
        switch origin {
        case .device: "Take the request from the device itself: --csr with its file, or hand over."
        case .tpm: "Make the key in a TPM, and give its request with --key-origin tpm."
        case .made: "Let Muster make the key with --make-key."
        }
    }

    /// Why the product cannot be taken into a catalogue; `nil` when it can.
    package var fault: String? {
        guard let keyOrigins else { return nil }
        if keyOrigins.isEmpty { return "Product \(productID): a policy of keys must allow one way at least." }
        guard Set(keyOrigins).count == keyOrigins.count else {
            return "Product \(productID): a policy of keys must name each way once."
        }
        return nil
    }
}
