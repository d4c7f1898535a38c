import Model
import TargetCore

/// A device must show every certificate up to one that Azure has verified; of what is missing it is told
/// nothing.
extension AzureCertificateLint {
    func chainFindings() -> [TargetFinding] {
        if let place = brokenAt {
            let upper = VisibleText.of(chain[place].issuer ?? "nobody")
            return [
                TargetFinding(
                    "azure_chain_order",
                    what:
                        "Certificate \(place + 2) of the chain did not issue certificate "
                        + "\(place + 1), which is by “\(upper)”",
                    nextStep: "Put the certificates in order: the device's first, then each one's issuer.")
            ]
        }
        guard let authority else { return [] }
        return authorityFindings(authority) + reachFindings(authority)
    }

    /// The first certificate that the next one did not issue.
    private var brokenAt: Int? {
        chain.indices.dropLast().first { chain[$0].issuer != chain[$0 + 1].subject }
    }

    private func reachFindings(_ authority: CertificateFacts) -> [TargetFinding] {
        let reaches = chain.contains {
            $0.fingerprint == authority.fingerprint || $0.issuer == authority.subject
        }
        if reaches { return [] }
        let end = VisibleText.of(chain.last?.issuer ?? "")
        if chain.last?.isSignedByItsKey == true {
            return [
                TargetFinding(
                    "azure_chain_of_another_authority",
                    what:
                        "The chain leads to “\(end)”, and “\(VisibleText.of(authority.subject))” "
                        + "is the CA enrolled at Azure",
                    nextStep: "Issue the certificate by the enrolled CA, or enrol the other one.")
            ]
        }
        return [
            TargetFinding(
                "azure_chain_incomplete",
                what:
                    "The chain ends at “\(end)” and does not reach "
                    + "“\(VisibleText.of(authority.subject))”, the CA "
                    + "enrolled at Azure; Azure answers 401 and does not say so",
                nextStep: "Add the certificates in between to the chain that the device shows.")
        ]
    }

    private func authorityFindings(_ authority: CertificateFacts) -> [TargetFinding] {
        guard case .certificate(_, let start, let end) = authority.form else { return [] }
        if end <= now {
            return [
                TargetFinding(
                    "azure_authority_expired",
                    what:
                        "The CA enrolled at Azure has ended on \(end): none of its devices is let "
                        + "in any more",
                    nextStep: "Renew the CA's certificate with the same key and enrol it as the second one.")
            ]
        }
        if start > now {
            return [
                TargetFinding(
                    "azure_authority_not_yet_valid",
                    what: "The CA enrolled at Azure is good only from \(start), and it is \(now) here",
                    nextStep: "Check the clock here.")
            ]
        }
        guard case .certificate(_, _, let leafEnd)? = chain.first?.form, leafEnd > end else { return [] }
        return [
            TargetFinding(
                "azure_outlives_authority", .warned,
                what: "The CA enrolled at Azure ends on \(end), before the device's certificate does",
                nextStep: "Plan the CA's successor as the second one before that day.")
        ]
    }
}
