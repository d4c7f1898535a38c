package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    /// What an administrator can set.
    package enum Setting: String, Sendable {
        case publicURL = "public_url"
        /// An authority outside, in JSON.
        case issuer
        /// Which device goes to which target, in JSON.
        case placement
        /// The services that devices connect to, in JSON.
        case services
    }

    package func setting(_ setting: Setting) throws(RegistrarStoreError) -> String? {
        try read { reader throws(SQLiteError) in
            try reader.list("SELECT value FROM setting WHERE name = ?", [.text(setting.rawValue)]) {
                row throws(SQLiteError) in try row.text("value")
            }.first
        }
    }

    /// Sets a value, or takes it away. The audit entry says `words`, which are free of secrets.
    package func set(
        _ setting: Setting, to value: String?, saying words: String, by actor: OperatorID?,
        at now: Timestamp
    ) throws(RegistrarStoreError) {
        guard try self.setting(setting) != value else { return }
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                let name = SQLiteValue.text(setting.rawValue)
                if let value {
                    try transaction.connection.run(
                        "INSERT OR REPLACE INTO setting(name, value) VALUES (?, ?)", name, .text(value))
                } else {
                    try transaction.connection.run("DELETE FROM setting WHERE name = ?", name)
                }
                if setting == .placement { try transaction.notePlacementChange() }
                try transaction.note(setting.rawValue + "_set", by: actor, to: words)
            }
        }
    }

    /// Where anybody reaches the registrar; `nil` when it has no public address.
    package func publicURL() throws(RegistrarStoreError) -> PublicURL? {
        try setting(.publicURL).flatMap(PublicURL.init(rawValue:))
    }

    /// Sets the public address, or takes it away. Certificates that were issued before keep what they say.
    package func setPublicURL(
        _ url: PublicURL?, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try set(.publicURL, to: url?.rawValue, saying: url?.rawValue ?? "none", by: actor, at: now)
    }
}
