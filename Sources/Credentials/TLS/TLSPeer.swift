internal import Model

/// Whom a TLS connection is meant to reach, and by whose word it is believed.
package struct TLSPeer: Sendable {
    /// A name or a numeric address, as the peer's certificate has to have it.
    package var name: String
    /// The certificates that the peer's chain has to lead to. Nothing else is believed, the system's store neither.
    package var roots: [Certificate]

    package init(name: String, roots: [Certificate]) {
        self.name = name
        self.roots = roots
    }
}

/// What this side of a TLS connection proves itself with.
package struct TLSIdentity: Sendable {
    /// Its own certificate first, then those that lead to the root.
    package let chain: [Certificate]
    package let key: PrivateKey

    /// - Throws: `unreadable` without a certificate, `notGenuine` when the key is not that of the first one.
    package init(chain: [Certificate], key: PrivateKey) throws(CredentialsError) {
        guard let own = chain.first else {
            throw .unreadable(subject: "certificate chain", reason: "it has no certificate")
        }
        guard try own.summary.publicKeyHash == key.publicKeyHash else {
            throw .notGenuine(subject: "private key", reason: "it is not that of the certificate")
        }
        self.chain = chain
        self.key = key
    }
}
