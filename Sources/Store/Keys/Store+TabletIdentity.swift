package import Model
import SQLite

/// What a tablet shows of itself in the TLS handshake, so that a token is good on it alone: both in PEM.
package struct StoredTabletIdentity: Equatable, Sendable {
    package var certificate: String
    package var privateKey: Redacted<String>

    package init(certificate: String, privateKey: Redacted<String>) {
        self.certificate = certificate
        self.privateKey = privateKey
    }
}

extension Store {
    /// What the tablet shows to a registrar; `nil` before the first sign-in there.
    package func tabletIdentity(_ registrar: RegistrarID) throws(StoreError) -> StoredTabletIdentity? {
        try rows(
            "SELECT certificate, private_key FROM tablet_identity WHERE registrar = ?",
            [.text(registrar.rawValue)]
        ) { row throws(SQLiteError) in
            StoredTabletIdentity(
                certificate: try row.text("certificate"), privateKey: Redacted(try row.text("private_key")))
        }.first
    }

    /// Keeps an identity, unless there is one: of processes that make one together, one wins. Returns the one that is kept.
    package func keepTabletIdentity(
        _ identity: StoredTabletIdentity, for registrar: RegistrarID, at now: Timestamp
    ) throws(StoreError) -> StoredTabletIdentity {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                "INSERT INTO tablet_identity VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    .text(registrar.rawValue), .text(identity.certificate),
                    .text(identity.privateKey.unredacted),
                ])
        }
        return try tabletIdentity(registrar) ?? identity
    }
}
