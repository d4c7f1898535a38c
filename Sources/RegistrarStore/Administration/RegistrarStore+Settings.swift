package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    private static let publicURL = "public_url"

    /// Where anybody reaches the registrar; `nil` when it has no public address.
    package func publicURL() throws(RegistrarStoreError) -> PublicURL? {
        try read { reader throws(SQLiteError) in
            try reader.list("SELECT value FROM setting WHERE name = ?", [.text(Self.publicURL)]) {
                row throws(SQLiteError) in try row.value("value", PublicURL.init(rawValue:))
            }.first
        }
    }

    /// Sets the public address, or takes it away. Certificates that were issued before keep what they say.
    package func setPublicURL(
        _ url: PublicURL?, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        guard try publicURL() != url else { return }
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                if let url {
                    try transaction.connection.run(
                        "INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", .text(Self.publicURL),
                        .text(url.rawValue))
                } else {
                    try transaction.connection.run(
                        "DELETE FROM setting WHERE name = ?", .text(Self.publicURL))
                }
                try transaction.note("public_url_set", by: actor, to: url?.rawValue ?? "none")
            }
        }
    }
}
