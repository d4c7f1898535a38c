internal import COpenSSL
package import Model

/// The settings of one TLS connection of a client, and what the library noticed while it was made.
///
/// TLS 1.2 or newer, the pinned roots alone, the peer's name in its alternative names, validity at the given time.
package final class TLSContext: @unchecked Sendable {
    // Set up in `init`; what is noticed is written on the thread that drives the connection and read there, or after it.
    let pointer: OpaquePointer
    private let observer: UnsafeMutablePointer<cossl_observer>
    package let peer: TLSPeer
    package let hasIdentity: Bool

    /// - Throws: `failed`, with the library's reason.
    package init(
        peer: TLSPeer, identity: TLSIdentity? = nil, now: Timestamp
    ) throws(CredentialsError) {
        pointer = try Library.make(SSL_CTX_new(TLS_client_method()), Self.step)
        guard let observer = cossl_observe(pointer) else {
            SSL_CTX_free(pointer)
            throw Library.failure(Self.step)
        }
        self.observer = observer
        self.peer = peer
        hasIdentity = identity != nil
        try Library.check(cossl_minimum_tls_1_2(pointer), Self.step)
        try believe(peer, at: now)
        if let identity { try prove(identity) }
    }

    deinit {
        SSL_CTX_free(pointer)
        cossl_observer_free(observer)
    }

    private static let step = "Setting up a TLS connection"

    private func believe(_ peer: TLSPeer, at now: Timestamp) throws(CredentialsError) {
        let store = SSL_CTX_get_cert_store(pointer)
        for root in peer.roots { try Library.check(X509_STORE_add_cert(store, root.pointer), Self.step) }
        let rules = SSL_CTX_get0_param(pointer)
        // A pinned certificate is the end of the chain, whether it signed itself or not.
        try Library.check(X509_VERIFY_PARAM_set_flags(rules, UInt(X509_V_FLAG_PARTIAL_CHAIN)), Self.step)
        X509_VERIFY_PARAM_set_time(rules, Int(now.milliseconds / 1000))
        X509_VERIFY_PARAM_set_hostflags(
            rules,
            UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS) | UInt32(X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
        if X509_VERIFY_PARAM_set1_ip_asc(rules, peer.name) != 1 {
            ERR_clear_error()
            try Library.check(X509_VERIFY_PARAM_set1_host(rules, peer.name, 0), Self.step)
        }
    }

    private func prove(_ identity: TLSIdentity) throws(CredentialsError) {
        guard let own = identity.chain.first else { throw Library.failure(Self.step) }
        try Library.check(SSL_CTX_use_certificate(pointer, own.pointer), Self.step)
        for above in identity.chain.dropFirst() {
            try Library.check(cossl_add_chain(pointer, above.pointer), Self.step)
        }
        try Library.check(SSL_CTX_use_PrivateKey(pointer, identity.key.handle.pointer), Self.step)
    }

    /// Gives the library's `SSL_CTX` to another library that takes one. It counts references: whoever keeps it beyond the
    /// call keeps this object too.
    package func withLibraryContext<Result>(_ body: (UnsafeMutableRawPointer) -> Result) -> Result {
        defer { withExtendedLifetime(self) {} }
        return body(UnsafeMutableRawPointer(pointer))
    }
}

extension TLSContext {
    /// What the peer presented, its own certificate first; empty when it did not come so far. At most ten are looked at.
    package var presentedChain: [CertificateSummary] {
        (0..<min(10, cossl_certificates_count(observer.pointee.chain))).compactMap { index in
            Self.certificate(cossl_certificates_at(observer.pointee.chain, index))?.summary
        }
    }

    /// Whether the peer asked who this side is.
    package var wasAskedForCertificate: Bool { observer.pointee.certificate_requested != 0 }

    /// Why the connection was given up by either side, as far as certificates or alerts tell; `nil` when neither does.
    package var fault: TLSFault? {
        let seen = observer.pointee
        if seen.verify_error != 0 {
            return TLSFault.ofChain(seen.verify_error, Self.certificate(seen.wrong), peer: peer)
        }
        guard seen.alert_received > 0 else { return nil }
        return TLSFault.ofAlert(
            seen.alert_received, asked: wasAskedForCertificate, hadCertificate: hasIdentity)
    }

    private static func certificate(_ pointer: OpaquePointer?) -> Certificate? {
        guard let pointer else { return nil }
        X509_up_ref(pointer)
        return try? Certificate(taking: pointer)
    }
}
