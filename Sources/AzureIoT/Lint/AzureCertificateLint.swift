import Model
import TargetCore

/// What Azure would hide behind a 401 about a device's certificates, found in the certificates themselves.
struct AzureCertificateLint {
    /// The name that the common name must be.
    var name: String
    /// Whether the name at Azure has a case.
    var isCaseSensitive: Bool
    var chain: [CertificateFacts]
    /// The CA that is enrolled; `nil` where the one certificate is.
    var authority: CertificateFacts?
    /// Whether a CA is enrolled, at hand or not.
    var isByAuthority: Bool
    var now: Timestamp

    func findings() -> [TargetFinding] {
        guard let leaf = chain.first else { return [Self.unreadable] }
        return nameFindings(leaf) + timeFindings(leaf) + useFindings(leaf)
            + (isByAuthority ? chainFindings() : [])
    }

    static let unreadable = TargetFinding(
        "azure_certificate_unreadable", what: "The device's certificate could not be read",
        nextStep: "Bring it as PEM, the device's own certificate first.")

    private func nameFindings(_ leaf: CertificateFacts) -> [TargetFinding] {
        guard let common = leaf.commonName else {
            return [
                TargetFinding(
                    "azure_common_name_missing",
                    what: "The certificate has no common name, or several; Azure knows devices by it",
                    nextStep: "Issue it with the one common name \(name).")
            ]
        }
        let isSame =
            isCaseSensitive
            ? common == name : RegistrationID.lowered(common) == RegistrationID.lowered(name)
        if isSame { return [] }
        return [
            TargetFinding(
                "azure_common_name_differs",
                what:
                    "The certificate's common name “\(VisibleText.of(common))” is not the "
                    + "device's name “\(name)” at "
                    + "Azure, which would not let the device in, or would make a second record of it",
                nextStep: "Issue the certificate with the common name \(name), the same for old and new.")
        ]
    }

    private func timeFindings(_ leaf: CertificateFacts) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        guard case .certificate(_, let start, let end) = leaf.form else {
            return [
                TargetFinding(
                    "azure_certificate_is_request",
                    what: "What was brought is a request for a certificate, not a certificate",
                    nextStep: "Have it signed, and bring the certificate.")
            ]
        }
        if start > now {
            findings.append(
                TargetFinding(
                    "azure_certificate_not_yet_valid",
                    what:
                        "The certificate is good only from \(start), and it is \(now) here: Azure "
                        + "would not take it yet",
                    nextStep:
                        "Check the clock here and the issuer's. If both are right, wait, or issue it anew."))
        }
        if end <= now {
            findings.append(
                TargetFinding(
                    "azure_certificate_expired", what: "The certificate has ended on \(end)",
                    nextStep: "Issue a new one. If it should not have ended, check the clock here."))
        }
        return findings
    }

    private func useFindings(_ leaf: CertificateFacts) -> [TargetFinding] {
        var findings: [TargetFinding] = []
        if let purposes = leaf.purposes, !purposes.contains("clientAuth") {
            findings.append(
                TargetFinding(
                    "azure_client_auth_missing",
                    what: "The certificate is not for TLS clients, and devices are clients",
                    nextStep: "Issue it with the extended key usage clientAuth."))
        }
        if leaf.mayIssue {
            findings.append(
                TargetFinding(
                    "azure_leaf_is_authority",
                    what: "The first certificate is a CA's, not a device's: its holder could make devices",
                    nextStep: "Put the device's own certificate first; a device has no use for a CA's key."))
        }
        switch leaf.key.fault {
        case .tooSmall(let bits), .tooLarge(let bits):
            findings.append(
                TargetFinding(
                    "azure_key_size",
                    what: "The device's RSA key has \(bits) bits, which Azure's TLS does not take",
                    nextStep: "Make a new key: EC P-256, or RSA with 2048 bits."))
        case .kind: findings.append(Self.keyKind(leaf.key))
        case nil: if leaf.key == .ed25519 { findings.append(Self.keyKind(leaf.key)) }
        }
        return findings
    }

    private static func keyKind(_ key: KeyKind) -> TargetFinding {
        TargetFinding(
            "azure_key_kind", what: "The device's key is \(key), which Azure's TLS does not take",
            nextStep: "Make a new key: EC P-256, or RSA with 2048 bits.")
    }
}
