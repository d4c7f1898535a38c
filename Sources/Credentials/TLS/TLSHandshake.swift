internal import COpenSSL
package import Model

/// One TLS connection of a client as a machine without a network: bytes go in, bytes come out.
///
/// Only the handshake and what ends it are ever put out: there is no way to send anything else with it.
package final class TLSHandshake {
    package enum Standing: Equatable, Sendable {
        /// The peer has to say more.
        case waiting
        case finished
        case failed(TLSFault)
    }

    private let context: TLSContext
    private let ssl: OpaquePointer
    // Both belong to `ssl`.
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    private var first: [UInt8] = []
    private var isFinished = false
    private var heardAfterwards = false

    /// Whether the peer speaks as TLS does is told by the first bytes of its answer. Source: RFC 8446, section 5.1.
    private static let recordHead = 3

    package init(_ context: TLSContext) throws(CredentialsError) {
        let step = "Starting a TLS connection"
        self.context = context
        ssl = try Library.make(SSL_new(context.pointer), step)
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            SSL_free(ssl)
            throw Library.failure(step)
        }
        (self.incoming, self.outgoing) = (incoming, outgoing)
        SSL_set_bio(ssl, incoming, outgoing)
        SSL_set_connect_state(ssl)
        if !context.peer.isAddress {
            try Library.check(cossl_name_server(ssl, context.peer.name), step)
        }
    }

    deinit { SSL_free(ssl) }

    /// Takes what the peer sent, and goes on as far as that leads.
    package func take(_ bytes: [UInt8]) -> Standing {
        if first.count < 16 { first += bytes.prefix(16 - first.count) }
        if let other = notTLS { return .failed(.notTLS(speaks: other)) }
        if !bytes.isEmpty {
            guard BIO_write(incoming, bytes, Int32(bytes.count)) == Int32(bytes.count) else {
                return .failed(.failed(reason: Library.reason()))
            }
        }
        return isFinished ? readAfterwards() : proceed()
    }

    /// What has to be sent to the peer now.
    package func takeOutgoing() -> [UInt8] {
        let count = BIO_ctrl_pending(outgoing)
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        let got = BIO_read(outgoing, &bytes, Int32(count))
        return Array(bytes.prefix(max(0, Int(got))))
    }

    /// Says goodbye; what is to be sent for it is outgoing then.
    package func close() {
        _ = SSL_shutdown(ssl)
        ERR_clear_error()
    }

    /// The peer hung up: what that means at this point.
    package var faultOfHangUp: TLSFault { context.fault ?? .hungUp }

    private func proceed() -> Standing {
        let result = SSL_do_handshake(ssl)
        if result == 1 {
            isFinished = true
            return readAfterwards()
        }
        return standing(after: result)
    }

    /// Reads what comes after the handshake: a ticket says that the peer went on, an alert that it did not.
    private func readAfterwards() -> Standing {
        var byte: UInt8 = 0
        let before = BIO_ctrl_pending(incoming)
        let result = SSL_read(ssl, &byte, 1)
        if result > 0 {
            heardAfterwards = true
            return .finished
        }
        let standing = standing(after: result)
        if standing == .waiting, before > 0 { heardAfterwards = true }
        return standing == .waiting ? .finished : standing
    }

    private func standing(after result: Int32) -> Standing {
        let code = SSL_get_error(ssl, result)
        if code == SSL_ERROR_WANT_READ || code == SSL_ERROR_WANT_WRITE { return .waiting }
        let isTooOld = cossl_last_is_too_old() != 0
        let reason = Library.reason()
        if let fault = context.fault { return .failed(fault) }
        if isTooOld { return .failed(.protocolTooOld) }
        return .failed(code == SSL_ERROR_ZERO_RETURN ? .hungUp : .failed(reason: reason))
    }

    private var notTLS: String? {
        guard first.count >= Self.recordHead else { return nil }
        if (0x14...0x18).contains(first[0]), first[1] == 3 { return nil }
        return first.starts(with: Array("HTTP".utf8)) ? "plain HTTP" : "something else"
    }
}

extension TLSHandshake {
    /// What the handshake showed; to be asked once it is finished.
    package var evidence: TLSEvidence {
        let cipher = SSL_get_current_cipher(ssl)
        return TLSEvidence(
            version: SSL_get_version(ssl).map { String(cString: $0) } ?? "",
            cipher: SSL_CIPHER_standard_name(cipher).map { String(cString: $0) } ?? "",
            verifiedName: context.peer.name, chain: context.presentedChain,
            clientCertificate: clientCertificate)
    }

    /// Before TLS 1.3 a finished handshake says that the certificate was taken; from then on only what comes afterwards.
    private var clientCertificate: TLSEvidence.ClientCertificate {
        guard context.wasAskedForCertificate else { return .notRequested }
        guard context.hasIdentity else { return .notGiven }
        return SSL_version(ssl) < TLS1_3_VERSION || heardAfterwards ? .accepted : .presented
    }

    /// Whether something more is to be waited for, as the peer has not said yet what it thinks of this side's certificate.
    package var isWaitingForVerdict: Bool {
        isFinished && context.wasAskedForCertificate && SSL_version(ssl) >= TLS1_3_VERSION && !heardAfterwards
    }
}

extension TLSPeer {
    /// Whether the name is a numeric address, which is never sent as a name. Source: RFC 6066, section 3.
    var isAddress: Bool {
        defer { ERR_clear_error() }
        guard let octets = a2i_IPADDRESS(name) else { return false }
        ASN1_OCTET_STRING_free(octets)
        return true
    }
}
