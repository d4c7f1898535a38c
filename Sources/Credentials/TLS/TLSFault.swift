package import Model

/// Why a TLS connection did not come about. Nothing but the handshake was sent in any of these cases, save where the peer
/// refuses afterwards.
package enum TLSFault: Equatable, Sendable {
    /// The peer proved to be somebody, but not who was meant.
    case otherName(expected: String, names: [String])
    case expired(subject: String, at: Timestamp)
    case notYetValid(subject: String, from: Timestamp)
    /// The chain leads to nobody that is pinned.
    case unknownAuthority(issuer: String)
    /// The peer's own word for itself, which is not pinned.
    case selfSigned(subject: String)
    case notForServers(subject: String)
    case untrusted(reason: String)
    /// The peer does not take this side's certificate.
    case certificateRefused(reason: String)
    /// The peer wants a certificate, and got none.
    case certificateRequired
    case protocolTooOld
    /// What answers does not speak TLS; `speaks` is what it seems to speak.
    case notTLS(speaks: String)
    /// The peer hung up before the end of the handshake.
    case hungUp
    case silent
    case failed(reason: String)

    /// Stable, for scripts.
    package var code: String {
        switch self {
        case .otherName: "name_mismatch"
        case .expired: "certificate_expired"
        case .notYetValid: "certificate_not_yet_valid"
        case .unknownAuthority: "unknown_authority"
        case .selfSigned: "self_signed"
        case .notForServers: "not_for_servers"
        case .untrusted: "certificate_untrusted"
        case .certificateRefused: "certificate_refused"
        case .certificateRequired: "certificate_required"
        case .protocolTooOld: "tls_too_old"
        case .notTLS: "not_tls"
        case .hungUp: "hung_up"
        case .silent: "silent"
        case .failed: "tls_failed"
        }
    }
}

extension TLSFault: Explained {
    package var explanation: Explanation {
        Explanation(id: code, what: what, nextStep: nextStep)
    }

    private var what: Sentence {
        switch self {
        case .otherName(let expected, let names):
            "The peer is not \(expected): its certificate is for \(names.isEmpty ? "no name" : names.joined(separator: ", "))."
        case .expired(let subject, let time): "The peer's certificate \(subject) ended at \(time)."
        case .notYetValid(let subject, let time):
            "The peer's certificate \(subject) is valid only from \(time)."
        case .unknownAuthority(let issuer):
            "The peer's certificate does not lead to the given root: its authority is \(issuer)."
        case .selfSigned(let subject):
            "The peer speaks for itself alone: \(subject) signed its own certificate, which is not the given root."
        case .notForServers(let subject): "The peer's certificate \(subject) is not for servers."
        case .untrusted(let reason): "The peer's certificate was not accepted: \(reason)."
        case .certificateRefused(let reason): "The peer refused this side's certificate: \(reason)."
        case .certificateRequired: "The peer wants a certificate, and none was given."
        case .protocolTooOld: "The peer speaks no TLS of version 1.2 or newer."
        case .notTLS(let speaks): "What answers there does not speak TLS, but \(speaks)."
        case .hungUp: "The peer hung up before a secure connection was made."
        case .silent: "The peer did not answer in time."
        case .failed(let reason): "No secure connection could be made: \(reason)."
        }
    }

    private var nextStep: String {
        switch self {
        case .otherName: "Use the name that is in the certificate, or have one issued for this name."
        case .expired: "Have the certificate renewed; check this machine's clock too."
        case .notYetValid: "Check this machine's clock, and the peer's certificate."
        case .unknownAuthority, .selfSigned:
            "Check the address and the root; in a guest network sign in first: something else may answer."
        case .notForServers, .untrusted: "Have the peer's certificate replaced."
        case .certificateRefused:
            "Check that the peer knows the authority that issued it, and that it is neither ended nor revoked."
        case .certificateRequired: "Give --certificate and --key."
        case .protocolTooOld: "Have the peer updated."
        case .notTLS: "Check the port; in a guest network sign in first."
        case .hungUp, .silent, .failed: "Check the address and the port, then try again."
        }
    }
}
