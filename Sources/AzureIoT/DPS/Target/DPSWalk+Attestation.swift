import Model
import TargetCore

/// An attestation that is written back: a PUT replaces the whole entry, so nothing of it may be missing.
enum Rewriting {
    case ready(AttestationMechanism, hasKeys: Bool)
    /// The keys are to be read first.
    case keysFirst
    /// Azure does not give the certificate back, and it is not at hand.
    case certificateLacking
}

extension DPSWalk {
    /// How the device is to prove itself by the target's settings.
    func desiredAttestation() throws(TargetFault) -> AttestationMechanism {
        switch (enrolment.proof, work.device.proof) {
        case (.certificate, .certificate(let chain)):
            guard let leaf = CertificatePEM.leaf(of: chain) else { throw .proofMissing("a certificate") }
            return .leaf(leaf)
        case (.certificate, _): throw .proofMissing("a certificate")
        case (.tpm, .tpm(let identity)):
            return AttestationMechanism(
                type: .tpm,
                tpm: AttestationMechanism.TPM(
                    endorsementKey: identity.endorsementKey, storageRootKey: identity.storageRootKey))
        case (.tpm, _): throw .proofMissing("an endorsement key")
        case (.authority, _): return authorityReference
        case (.symmetricKey, _): return AttestationMechanism(type: .symmetricKey)
        }
    }

    var authorityReference: AttestationMechanism {
        AttestationMechanism(
            type: .x509,
            x509: AttestationMechanism.X509(
                caReferences: AttestationMechanism.References(
                    primary: enrolment.authority, secondary: enrolment.secondaryAuthority)))
    }

    /// Whether an entry lets the device in as desired, whatever else it says.
    func attests(_ found: AttestationMechanism, _ desired: AttestationMechanism) -> Bool {
        guard found.type == desired.type else { return false }
        if let key = desired.tpm?.endorsementKey { return found.tpm?.endorsementKey == key }
        if let references = desired.x509?.caReferences { return found.x509?.caReferences == references }
        if let leaf = desired.x509?.clientCertificates?.primary?.certificate {
            let wished = thumbprint(of: leaf)
            let slots = found.x509?.clientCertificates
            return wished != nil
                && [slots?.primary, slots?.secondary].contains { $0.flatMap(thumbprint) == wished }
        }
        return true
    }

    /// What is written back of an entry that was read.
    func rewriting(_ found: IndividualEnrollment) -> Rewriting {
        let attestation = found.attestation
        if attestation.type == .symmetricKey {
            guard let keys = journal.keys(.enrollment, found.etag) else { return .keysFirst }
            return .ready(.keys(keys.primary, keys.secondary), hasKeys: true)
        }
        guard let slots = attestation.x509?.clientCertificates else {
            return .ready(attestation, hasKeys: false)
        }
        var certificates = AttestationMechanism.Certificates(primary: nil)
        if let primary = slots.primary {
            guard let text = text(of: primary) else { return .certificateLacking }
            certificates.primary = AttestationMechanism.Certificate(certificate: text)
        }
        if let secondary = slots.secondary {
            guard let text = text(of: secondary) else { return .certificateLacking }
            certificates.secondary = AttestationMechanism.Certificate(certificate: text)
        }
        return .ready(
            AttestationMechanism(
                type: .x509, x509: AttestationMechanism.X509(clientCertificates: certificates)),
            hasKeys: false)
    }

    // MARK: Certificates

    func thumbprint(of pem: String) -> String? { CertificatePEM.thumbprint(pem, target.digests) }

    func thumbprint(_ slot: AttestationMechanism.Certificate) -> String? {
        slot.info?.sha256Thumbprint?.uppercased() ?? slot.certificate.flatMap { thumbprint(of: $0) }
    }

    /// The certificate of a slot: as Azure gave it, or the one at hand that has its thumbprint.
    func text(of slot: AttestationMechanism.Certificate) -> String? {
        if let text = slot.certificate { return text }
        let wanted = thumbprint(slot)
        return certificatesAtHand.first { thumbprint(of: $0) == wanted }
    }

    private var certificatesAtHand: [String] {
        var texts = [work.device.marks[AzureMark.certificate], work.device.marks[AzureMark.candidate]]
        texts.append(leaf)
        return texts.compactMap { $0 }
    }

    /// The certificate that the device has now, by its proof.
    var leaf: String? {
        guard case .certificate(let chain) = work.device.proof else { return nil }
        return CertificatePEM.leaf(of: chain)
    }
}

extension AttestationMechanism {
    static func leaf(_ pem: String, next: String? = nil) -> AttestationMechanism {
        AttestationMechanism(
            type: .x509,
            x509: X509(
                clientCertificates: Certificates(
                    primary: Certificate(certificate: pem),
                    secondary: next.map { Certificate(certificate: $0) })))
    }

    static func keys(_ primary: Redacted<String>, _ secondary: Redacted<String>) -> AttestationMechanism {
        AttestationMechanism(
            type: .symmetricKey,
            symmetricKey: SymmetricKeys(
                primaryKey: primary.unredacted, secondaryKey: secondary.unredacted))
    }
}
