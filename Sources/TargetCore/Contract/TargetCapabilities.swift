/// What a target can do.
package struct TargetCapabilities: Equatable, Sendable {
    /// How devices may prove themselves there.
    package enum Proof: String, Codable, CaseIterable, Sendable {
        /// The target issues a certificate for the device's request.
        case targetCertificate
        /// The registrar's authority issues; the target is told of that one certificate.
        case deviceCertificate
        /// The registrar's authority issues; the target trusts the authority.
        case authority
        case tpm
        case symmetricKey
    }

    package var proofs: Set<Proof>
    package var intents: Set<TargetIntent>

    package init(proofs: Set<Proof>, intents: Set<TargetIntent>) {
        self.proofs = proofs
        self.intents = intents
    }
}
