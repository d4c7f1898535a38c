package import Model
package import TargetCore

/// Keys that both sides hold, in base64.
package enum SymmetricKey {
    /// Bytes that Azure takes in a key.
    package static let lengths = 16...64

    /// - Throws: `AzureSigningFault.keyNotBase64`, `.keyEmpty`.
    package static func bytes(of key: Redacted<String>) throws(AzureSigningFault) -> [UInt8] {
        guard let bytes = Base64.decode(key.unredacted) else { throw .keyNotBase64 }
        guard !bytes.isEmpty else { throw .keyEmpty }
        return bytes
    }

    /// The key of one device of a group: HMAC-SHA256 of its registration id under the group's key, 32 bytes.
    ///
    /// The group's key itself lets no device in, and never leaves the registrar.
    package static func derived(
        from groupKey: Redacted<String>, for id: RegistrationID, _ digests: CloudDigests
    ) throws(AzureSigningFault) -> Redacted<String> {
        let bytes = try bytes(of: groupKey)
        return Redacted(Base64.encode(digests.hmacSHA256(bytes, Array(id.rawValue.utf8))))
    }
}
