/// What can be wrong with a certificate or a request for one. The raw value is stable: scripts may rely on it.
package enum LintCode: String, CaseIterable, Codable, Sendable {
    // The key.
    case keyKind = "key_kind"
    case keyTooSmall = "key_too_small"
    case keyTooLarge = "key_too_large"
    case keyOfAnotherDevice = "key_of_another_device"
    case keyRepeated = "key_repeated"
    case notSignedByItsKey = "request_not_signed"
    case digestWeak = "digest_weak"
    case privateKeyInFile = "private_key_in_file"
    // The names.
    case nameMissing = "name_missing"
    case nameWrong = "name_wrong"
    case alternativeNameMissing = "san_missing"
    case alternativeNameForm = "san_form"
    case alternativeNameWrong = "san_wrong"
    // What it may be used for.
    case clientPurposeMissing = "eku_client_auth_missing"
    case signatureUsageMissing = "key_usage_signature_missing"
    case signsCertificates = "key_usage_issues_certificates"
    case leafIsAuthority = "leaf_is_authority"
    case issuerIsNoAuthority = "issuer_is_no_authority"
    // Time.
    case clockBehind = "clock_behind"
    case clockSkew = "clock_skew"
    case notYetValid = "not_yet_valid"
    case expired
    case expiresSoon = "expires_soon"
    case validityReversed = "validity_reversed"
    case outlivesIssuer = "outlives_issuer"
    // The chain.
    case selfSigned = "self_signed"
    case chainOrder = "chain_order"
    case chainIncomplete = "chain_incomplete"
    case issuerMismatch = "issuer_mismatch"
    case signatureMismatch = "signature_mismatch"
    case rootUnknown = "root_unknown"
    // Its status.
    case revoked
    case statusUnknown = "status_unknown"
    case statusNotLearned = "status_not_learned"
    case statusAddress = "status_address"
}

extension LintCode {
    /// What to do about it.
    package var fix: String {
        switch self {
        case .keyTooSmall: "Make a new key: EC P-256, or RSA with 2048 bits or more."
        case .keyTooLarge: "Make a new key: EC P-256, or RSA with 2048 or 3072 bits."
        case .keyOfAnotherDevice:
            "Check that the file is this device's. If it is, make a new key on the device: keys are never copied."
        case .keyRepeated:
            "Check how the files were put together: each certificate must have a key of its own."
        case .notSignedByItsKey: "Make the request anew on the device, with the key that it keeps."
        case .digestWeak: "Have it made anew with SHA-256 or better."
        case .privateKeyInFile: "Keep the key where it is used, and pass on the certificates alone."
        case .keyKind: "Make a new key: EC P-256 or P-384, Ed25519, or RSA with 2048 bits or more."
        case .nameMissing: "Put the serial into the common name: /CN=SERIAL."
        case .nameWrong:
            "Check that the file is this device's, and make it anew with the serial as common name."
        case .alternativeNameMissing:
            "Have it issued with a subject alternative name: an urn: URI or a DNS name of the device."
        case .alternativeNameForm:
            "Write alternative names as URI:urn:… or DNS:name; other kinds do not name a device."
        case .alternativeNameWrong: "Leave names of other devices and services out of it."
        case .clientPurposeMissing: "Have it issued with extendedKeyUsage=clientAuth."
        case .signatureUsageMissing: "Have it issued with keyUsage=critical,digitalSignature."
        case .signsCertificates: "Have it issued without keyCertSign."
        case .leafIsAuthority: "Have it made with basicConstraints=critical,CA:FALSE."
        case .issuerIsNoAuthority: "Use a certificate of an authority (CA:TRUE, keyCertSign) as issuer."
        case .clockBehind: "Set this computer's clock, then look again; no date is judged until then."
        case .clockSkew: "Compare the clocks here and at the issuer; set the wrong one, or wait."
        case .notYetValid: "Check the clock here; if it is right, use the certificate from that day on."
        case .expired: "Have a new one issued; if this computer's clock is wrong, set it first."
        case .expiresSoon: "Have a new one issued at this visit."
        case .validityReversed: "Have it issued anew with an end after its start."
        case .outlivesIssuer:
            "Have a new issuer certificate ready before then, or a shorter life for this one."
        case .selfSigned: "Have it issued by the authority that the service trusts."
        case .chainOrder: "Put the device's certificate first and behind each the one that signed it."
        case .chainIncomplete: "Append the issuer's certificate, up to the one that the service trusts."
        case .issuerMismatch: "Take out what does not belong, and append the right issuer's certificate."
        case .signatureMismatch:
            "Use the issuer's certificate of the key that signed it: authorities keep their name when they renew."
        case .rootUnknown: "Check that the chain is of the right service, and give its root with --root."
        case .revoked: "Do not use it: have a new one issued, with a new key if the old one may be known."
        case .statusUnknown: "Check that the certificate and whoever was asked belong to the same authority."
        case .statusNotLearned:
            "Append the issuer's certificate, check the network and the address, then look again."
        case .statusAddress: "Have it issued with http:// or https:// addresses that services reach."
        }
    }
}
