package import Model

/// A claim code as the registrar keeps it: salted, and mixed with a key that is not in the database.
///
/// Claim codes are short. With the key, a copy of the database alone does not let them be tried through.
package struct ClaimCodeVerifier: Equatable, Sendable {
    /// Bytes of a salt.
    package static let saltBytes = 16

    package var salt: [UInt8]
    package var hash: [UInt8]

    package init(salt: [UInt8], hash: [UInt8]) {
        self.salt = salt
        self.hash = hash
    }

    /// `salt` is 16 random bytes, `key` the registrar's claim code key of 32.
    package init(code: Redacted<String>, salt: [UInt8], key: Redacted<[UInt8]>, digest: DigestFunction) {
        self.salt = salt
        hash = Self.hash(code, salt: salt, key: key, digest: digest)
    }

    /// Compares without a difference in time between one wrong code and another.
    package func accepts(_ code: Redacted<String>, key: Redacted<[UInt8]>, digest: DigestFunction) -> Bool {
        let other = Self.hash(code, salt: salt, key: key, digest: digest)
        guard other.count == hash.count else { return false }
        return zip(hash, other).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// SHA-256 of key, salt and code; key and salt have fixed lengths, so the parts cannot run into each other.
    private static func hash(
        _ code: Redacted<String>, salt: [UInt8], key: Redacted<[UInt8]>, digest: DigestFunction
    ) -> [UInt8] {
        digest(digest(key.unredacted) + digest(salt) + Array(code.unredacted.utf8))
    }
}

extension LabelSecretFields {
    /// The fields whose value a delivery's claim code is compared with, the most telling first.
    static let claimCodes = ["claimCode", "setupPin", "pop", "installCode"]

    /// What the label proves ownership with: its claim code, or the code that stands for one.
    package var claimCode: Redacted<String>? {
        for name in Self.claimCodes {
            if let value = fields.unredacted[name], !value.isEmpty { return Redacted(value) }
        }
        return nil
    }
}

/// The secret fields of a label after the registrar has opened them, by name without `secret.`.
package struct LabelSecretFields: Equatable, Sendable {
    package var fields: Redacted<[String: String]>

    package init(_ fields: Redacted<[String: String]>) {
        self.fields = fields
    }
}
