package import Model

/// A registrar that this store is paired with: how to reach it and how to know it again.
package struct RegistrarProfile: Codable, Equatable, Sendable {
    package var registrar: RegistrarID
    package var name: String
    /// `https://host:port`; `nil` for the registrar within this program.
    package var url: String?
    /// PEM of the only authority whose server certificates are accepted.
    package var certificateAuthority: String?
    /// Ed25519 public keys that verify receipts, by key id; base64url.
    package var receiptKeys: [String: String]
    package var sealingKeyID: String
    /// X25519 public key that secrets are sealed to; base64url.
    package var sealingKey: String

    package init(
        registrar: RegistrarID, name: String, url: String? = nil, certificateAuthority: String? = nil,
        receiptKeys: [String: String], sealingKeyID: String, sealingKey: String
    ) {
        self.registrar = registrar
        self.name = name
        self.url = url
        self.certificateAuthority = certificateAuthority
        self.receiptKeys = receiptKeys
        self.sealingKeyID = sealingKeyID
        self.sealingKey = sealingKey
    }
}

/// Who is signed in to a registrar, with the token that shows it.
package struct Session: Equatable, Sendable {
    package var registrar: RegistrarID
    package var operatorID: OperatorID
    /// `nil` when it lies in the operator's vault.
    package var token: Redacted<String>?
    /// From this moment on the token is good for nothing; `nil` for one without an end.
    package var until: Timestamp?

    package init(
        registrar: RegistrarID, operatorID: OperatorID, token: Redacted<String>?, until: Timestamp? = nil
    ) {
        self.registrar = registrar
        self.operatorID = operatorID
        self.token = token
        self.until = until
    }

    /// Whether somebody has to sign in again before anything is sent with it.
    package func hasEnded(at now: Timestamp) -> Bool { until.map { now >= $0 } ?? false }
}
