import Model
import TargetCore

extension AWSLint {
    /// Whether AWS takes what the device proves itself with.
    static func proofFindings(
        _ device: TargetDevice, settings: AWSSettings, facts: (String) -> [CertificateFacts],
        at now: Timestamp
    ) -> [TargetFinding] {
        if AWSTarget.brought(device) != nil { return [] }
        let target = AWSTarget(targetID: TargetID(trusted: "lint"), settings: settings) { _ in [] }
        guard let pem = target.proof(of: device) else {
            let fault = AWSOwnFault.proof.fault(of: device.name)
            return [TargetFinding(fault.code, what: fault.what, nextStep: fault.nextStep)]
        }
        guard let leaf = facts(pem).first, leaf.isRequest == (settings.issuer == .aws) else {
            return [
                TargetFinding(
                    "aws_proof_unreadable",
                    what: "The certificate request or certificate of the device cannot be read.",
                    nextStep: "Have the device make it anew.")
            ]
        }
        return keyFindings(leaf) + requestFindings(leaf, pem: pem) + commonNameFindings(leaf, device: device)
            + timeFindings(leaf, at: now) + chainFindings(leaf, settings: settings, facts: facts)
    }

    private static func keyFindings(_ leaf: CertificateFacts) -> [TargetFinding] {
        let next = "Have the device make a key of RSA with 2048 bits or more, or EC P-256, P-384 or P-521."
        switch leaf.key {
        case .p256, .p384: return []
        case .rsa(let bits) where bits >= 2048: return []
        case .rsa(let bits):
            return [
                TargetFinding(
                    "aws_key_size", what: "AWS takes RSA keys from 2048 bits; this one has \(bits).",
                    nextStep: next)
            ]
        case .other(let name) where ["P-521", "secp521r1", "EC P-521", "EC secp521r1"].contains(name):
            return []
        case .ed25519, .x25519, .other:
            return [
                TargetFinding("aws_key_kind", what: "AWS takes no \(leaf.key) keys.", nextStep: next)
            ]
        }
    }

    private static func requestFindings(_ leaf: CertificateFacts, pem: String) -> [TargetFinding] {
        let limit = leaf.isRequest ? limitRequestCharacters : limitCertificateCharacters
        var findings: [TargetFinding] = []
        if pem.utf8.count > limit {
            findings.append(
                TargetFinding(
                    "aws_request_length",
                    what: "AWS takes \(limit) characters of it; it has \(pem.utf8.count).",
                    nextStep: "Leave extensions out of it, or use a smaller key."))
        }
        if leaf.isRequest, !leaf.isSignedByItsKey {
            findings.append(
                TargetFinding(
                    "aws_request_signature",
                    what: "The request is not signed by its own key, so its maker has not shown to have it.",
                    nextStep: "Have the device make it anew."))
        }
        if leaf.digest == "SHA1" || leaf.digest == "MD5" {
            findings.append(
                TargetFinding(
                    "aws_digest", what: "It is signed with \(leaf.digest ?? ""), which AWS refuses.",
                    nextStep: "Sign with SHA-256 or better."))
        }
        return findings
    }

    private static func commonNameFindings(
        _ leaf: CertificateFacts, device: TargetDevice
    ) -> [TargetFinding] {
        guard let name = leaf.commonName else {
            return [
                TargetFinding(
                    "aws_common_name_missing", .warned,
                    what: "It names no common name; policies and templates that go by it will not let it in.",
                    nextStep: "Put the thing's name there.")
            ]
        }
        if name.count > limitCommonNameCharacters {
            return [
                TargetFinding(
                    "aws_common_name_length",
                    what: "A common name has at most 64 characters; this one has \(name.count).",
                    nextStep: "Use a shorter name.")
            ]
        }
        guard name != device.name else { return [] }
        return [
            TargetFinding(
                "aws_common_name", .warned,
                what: "Its common name is \(VisibleText.of(name)) and the thing is called "
                    + "\(VisibleText.of(device.name)); policies that compare the two will not let it in.",
                nextStep: "Look whether the certificate is this device's.")
        ]
    }

    private static func timeFindings(_ leaf: CertificateFacts, at now: Timestamp) -> [TargetFinding] {
        guard case .certificate(_, let notBefore, let notAfter) = leaf.form else { return [] }
        if now < notBefore {
            return [
                TargetFinding(
                    "aws_not_yet_valid",
                    what:
                        "The certificate is valid from \(notBefore) on; by this clock that is still to come.",
                    nextStep: "Compare this machine's clock and the issuer's first.")
            ]
        }
        guard notAfter < now else { return [] }
        return [
            TargetFinding(
                "aws_expired", what: "The certificate has run out at \(notAfter).",
                nextStep: "Issue another, or set this machine's clock if it is off.")
        ]
    }

    private static func chainFindings(
        _ leaf: CertificateFacts, settings: AWSSettings, facts: (String) -> [CertificateFacts]
    ) -> [TargetFinding] {
        guard settings.issuer == .authority, let pem = settings.authorityCertificate else { return [] }
        guard let authority = facts(pem).first, !authority.isRequest else {
            return [
                TargetFinding(
                    "aws_authority_unreadable", what: "The target's authority certificate cannot be read.",
                    nextStep: "Set the PEM text of the authority that is registered in the account.")
            ]
        }
        if !authority.mayIssue {
            return [
                TargetFinding(
                    "aws_authority_no_ca", what: "The target's authority certificate may not issue others.",
                    nextStep: "Set the certificate of the authority, not one that it issued.")
            ]
        }
        guard leaf.issuer != authority.subject else { return [] }
        return [
            TargetFinding(
                "aws_chain",
                what: "The certificate was issued by \(VisibleText.of(leaf.issuer ?? "")) and the registered "
                    + "authority is \(VisibleText.of(authority.subject)); AWS wants the one right above it.",
                nextStep: "Register the intermediate authority that issues, not its root.")
        ]
    }
}
