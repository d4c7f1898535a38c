package import Model

/// A key pair of a device, an authority or a server.
package struct PrivateKey: Sendable {
    let handle: KeyHandle

    package static func generate(_ kind: KeyKind) throws(CredentialsError) -> PrivateKey {
        PrivateKey(handle: try KeyHandle.generate(kind))
    }

    init(handle: KeyHandle) {
        self.handle = handle
    }

    /// Reads a PKCS #8 or traditional key in PEM; encrypted ones are refused.
    package init(pem: Redacted<String>) throws(CredentialsError) {
        handle = try KeyHandle(pem: pem)
    }

    package var kind: KeyKind { handle.kind }

    /// PKCS #8, not encrypted: for files of mode 0600 only. Of a TPM's key: what that TPM alone can use.
    package var pem: Redacted<String> {
        get throws(CredentialsError) { try handle.pem }
    }

    package var publicKeyHash: PayloadHash {
        get throws(CredentialsError) { try handle.publicKeyHash }
    }
}
