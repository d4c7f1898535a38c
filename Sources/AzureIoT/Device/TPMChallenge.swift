package import Model

/// What the service gives a TPM to prove itself with: a key for HMAC that only the TPM of the endorsement
/// key can open.
///
/// Six parts, one after another, each in the marshalled form that TPM commands take, its two bytes of size
/// included. Sources: TPM 2.0 Library, Part 2; Microsoft's device SDKs, which agree on the order.
package struct TPMChallenge: Equatable, Sendable {
    /// TPM2B_ID_OBJECT, for `TPM2_ActivateCredential`.
    package var identityObject: [UInt8]
    /// TPM2B_ENCRYPTED_SECRET, for `TPM2_ActivateCredential`.
    package var encryptedSecret: [UInt8]
    /// TPM2B_PRIVATE, for `TPM2_Import`: the duplicate of the key.
    package var duplicate: [UInt8]
    /// TPM2B_ENCRYPTED_SECRET, for `TPM2_Import`.
    package var importSeed: [UInt8]
    /// TPM2B_PUBLIC of the key, for `TPM2_Import` and `TPM2_Load`.
    package var publicArea: [UInt8]
    /// What follows, its size included; two zero bytes as far as is known.
    package var remainder: [UInt8]

    /// - Parameter blob: the field `authenticationKey`, base64.
    /// - Throws: `TPMChallengeFault`.
    package init(base64 blob: String) throws(TPMChallengeFault) {
        guard let bytes = Base64.decode(blob) else { throw .notBase64 }
        try self.init(bytes: bytes)
    }

    /// - Throws: `TPMChallengeFault`.
    package init(bytes: [UInt8]) throws(TPMChallengeFault) {
        var rest = bytes[...]
        identityObject = try Self.part("identity object", &rest)
        encryptedSecret = try Self.part("encrypted secret", &rest)
        duplicate = try Self.part("duplicate", &rest)
        importSeed = try Self.part("import seed", &rest)
        publicArea = try Self.part("public area", &rest)
        remainder = try Self.part("remainder", &rest, mayBeEmpty: true)
        guard rest.isEmpty else { throw .tooLong(by: rest.count) }
    }

    /// One marshalled structure: its size in two bytes, most significant first, and so many bytes.
    private static func part(
        _ name: String, _ rest: inout ArraySlice<UInt8>, mayBeEmpty: Bool = false
    ) throws(TPMChallengeFault) -> [UInt8] {
        let head = Array(rest.prefix(2))
        guard head.count == 2 else { throw .cutOff(part: name) }
        let size = Int(head[0]) << 8 | Int(head[1])
        guard rest.count - 2 >= size else { throw .cutOff(part: name) }
        guard size > 0 || mayBeEmpty else { throw .empty(part: name) }
        let bytes = Array(rest.prefix(2 + size))
        rest = rest.dropFirst(2 + size)
        return bytes
    }
}

/// Why a challenge could not be read.
package enum TPMChallengeFault: Equatable, Explained {
    case notBase64
    case cutOff(part: String)
    case empty(part: String)
    case tooLong(by: Int)

    package var explanation: Explanation {
        let what: Sentence =
            switch self {
            case .notBase64: "it is not base64"
            case .cutOff(let part): "it ends within its \(part)"
            case .empty(let part): "its \(part) is empty"
            case .tooLong(let count): "\(count) bytes follow its last part"
            }
        return Explanation(
            id: "azure_tpm_challenge_form",
            what: "The device was not registered: the service's challenge for its TPM could not be read; "
                + what,
            nextStep: "Register again. When it stays, keep the answer for Azure's support: its form is new.")
    }
}
