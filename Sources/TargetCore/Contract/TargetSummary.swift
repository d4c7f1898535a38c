package import Model

/// What the rules need to know of a target: which it is, and how devices may prove themselves there.
package struct TargetSummary: Codable, Equatable, Sendable {
    package var targetID: TargetID
    package var kind: TargetKind
    /// In the order of preference.
    package var proofs: [TargetCapabilities.Proof]
    /// Whether a new certificate or key can stand beside the old one.
    package var rotates: Bool

    package init(
        targetID: TargetID, kind: TargetKind, proofs: [TargetCapabilities.Proof], rotates: Bool
    ) {
        self.targetID = targetID
        self.kind = kind
        self.proofs = proofs
        self.rotates = rotates
    }
}
