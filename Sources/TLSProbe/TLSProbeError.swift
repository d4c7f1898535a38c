package import Credentials
package import Model

/// Why nothing is proven of a peer.
package enum TLSProbeError: Error, Equatable, Sendable {
    /// This side's own certificates or key are not usable.
    case notStarted(CredentialsError)
    case notResolved(host: String, reason: String)
    case notConnected(reason: String)
    /// Somebody answered; `presented` is the chain that came, its own certificate first.
    case refused(TLSFault, presented: [CertificateSummary])
}

extension TLSProbeError: Explained {
    package var explanation: Explanation {
        switch self {
        case .notStarted(let error): error.explanation
        case .notResolved(let host, let reason):
            Explanation(
                id: "not_resolved", what: "No address was found for \(host): \(reason).",
                nextStep: "Check the name and the network, then try again.")
        case .notConnected(let reason):
            Explanation(
                id: "not_reached", what: "Nobody was reached there: \(reason).",
                nextStep: "Check the address, the port and the network, then try again.")
        case .refused(let fault, _): fault.explanation
        }
    }
}
