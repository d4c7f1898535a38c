package import Credentials

extension SecretBytes {
    /// The text as a secret, for tests that need one at hand.
    package static func of(_ text: String) -> SecretBytes {
        do { return try SecretBytes(copying: Array(text.utf8)) } catch {
            preconditionFailure("there is protected memory for tests: \(error)")
        }
    }
}
