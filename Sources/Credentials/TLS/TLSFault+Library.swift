internal import COpenSSL
internal import Model

extension TLSFault {
    /// What a code of the chain's verification means. Source: X509_STORE_CTX_get_error(3).
    static func ofChain(_ code: Int32, _ certificate: Certificate?, peer: TLSPeer) -> TLSFault {
        let subject = certificate?.summary.subject ?? "unnamed"
        let names = certificate.map { own in
            own.dnsNames
                + (own.names.others > 0 ? ["\(own.names.others) numeric addresses or other names"] : [])
        }
        switch code {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            return .otherName(expected: peer.name, names: names ?? [])
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return .expired(
                subject: subject, at: certificate?.summary.notAfter ?? Timestamp(milliseconds: 0))
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return .notYetValid(
                subject: subject, from: certificate?.summary.notBefore ?? Timestamp(milliseconds: 0))
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return .selfSigned(subject: subject)
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return .unknownAuthority(issuer: subject)
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
            X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return .unknownAuthority(issuer: certificate?.summary.issuer ?? "unnamed")
        case X509_V_ERR_INVALID_PURPOSE: return .notForServers(subject: subject)
        default:
            let words = X509_verify_cert_error_string(Int(code)).map { String(cString: $0) }
            return .untrusted(reason: words ?? "code \(code)")
        }
    }

    /// What an alert of the peer means. Source: RFC 8446, section 6.2; RFC 5246, section 7.2.2.
    static func ofAlert(_ alert: Int32, asked: Bool, hadCertificate: Bool) -> TLSFault? {
        let words = SSL_alert_desc_string_long(alert).map { String(cString: $0) } ?? "alert \(alert)"
        switch alert {
        case SSL_AD_CLOSE_NOTIFY: return nil
        case TLS13_AD_CERTIFICATE_REQUIRED: return .certificateRequired
        case SSL_AD_HANDSHAKE_FAILURE where asked && !hadCertificate: return .certificateRequired
        case SSL_AD_BAD_CERTIFICATE, SSL_AD_UNSUPPORTED_CERTIFICATE, SSL_AD_CERTIFICATE_REVOKED,
            SSL_AD_CERTIFICATE_EXPIRED, SSL_AD_CERTIFICATE_UNKNOWN, SSL_AD_UNKNOWN_CA, SSL_AD_ACCESS_DENIED,
            SSL_AD_DECRYPT_ERROR:
            return asked && !hadCertificate ? .certificateRequired : .certificateRefused(reason: words)
        case SSL_AD_PROTOCOL_VERSION: return .protocolTooOld
        default: return .failed(reason: "the peer says \(words)")
        }
    }
}
