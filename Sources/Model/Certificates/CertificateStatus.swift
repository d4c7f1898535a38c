/// Whether a certificate is still trusted by whoever issued it. Sources: RFC 5280, section 5; RFC 6960, section 2.2.
package enum CertificateStatus: Equatable, Sendable {
    case good
    /// The code is that of RFC 5280, section 5.3.1; 0 when no reason was given.
    case revoked(reasonCode: Int, at: Timestamp)
    /// Whoever was asked does not know the certificate.
    case unknown

    /// The specification's word for a reason.
    package static func reasonName(_ code: Int) -> String {
        let names = [
            "unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded",
            "cessationOfOperation", "certificateHold", "unused", "removeFromCRL", "privilegeWithdrawn",
            "aACompromise",
        ]
        return names.indices.contains(code) ? names[code] : "reason \(code)"
    }
}

/// What somebody who was asked says of a certificate's status.
package struct CertificateStanding: Equatable, Sendable {
    package enum Verdict: Equatable, Sendable {
        /// `until` is when there is to be newer word.
        case said(CertificateStatus, until: Timestamp?)
        /// Why it could not be learned.
        case notLearned(reason: String)
    }

    /// The address or file that it is from.
    package var source: String
    package var verdict: Verdict

    package init(source: String, verdict: Verdict) {
        self.source = source
        self.verdict = verdict
    }
}
