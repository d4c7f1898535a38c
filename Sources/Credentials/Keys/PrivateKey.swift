package import Model

/// A key pair of a device, an authority or a server.
package struct PrivateKey: Sendable {
    /// Of a key that is elsewhere: its public half, and with a TPM what the library signs by.
    let handle: KeyHandle
    /// `nil` for a key of this process.
    let holder: (any KeyHolder)?

    package static func generate(_ kind: KeyKind) throws(CredentialsError) -> PrivateKey {
        PrivateKey(handle: try KeyHandle.generate(kind))
    }

    init(handle: KeyHandle, holder: (any KeyHolder)? = nil) {
        self.handle = handle
        self.holder = holder
    }

    /// Reads a PKCS #8 or traditional key in PEM; encrypted ones are refused.
    package init(pem: Redacted<String>) throws(CredentialsError) {
        self.init(handle: try KeyHandle(pem: pem))
    }

    package var kind: KeyKind { handle.kind }

    /// PKCS #8, not encrypted: for files of mode 0600 only. Of a key elsewhere: what its holder alone can use.
    package var pem: Redacted<String> {
        get throws(CredentialsError) {
            if let holder { return Redacted(holder.reference) }
            return try handle.pem
        }
    }

    package var publicKeyHash: PayloadHash {
        get throws(CredentialsError) { try handle.publicKeyHash }
    }
}
