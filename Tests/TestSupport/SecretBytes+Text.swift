package import Credentials

extension SecretBytes {
    /// The text as a secret, for tests that need one at hand.
    package static func of(_ text: String) -> SecretBytes { of(Array(text.utf8)) }

    package static func of(_ bytes: [UInt8]) -> SecretBytes {
        do { return try SecretBytes(copying: bytes) } catch {
            preconditionFailure("there is protected memory for tests: \(error)")
        }
    }
}
