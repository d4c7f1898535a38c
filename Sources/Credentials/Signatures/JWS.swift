import Model

/// Signed text in the compact form of RFC 7515, with `alg` EdDSA over Ed25519 (RFC 8037).
package enum JWS {
    /// Longest text that is looked at: a receipt with a certificate chain has about 6 KiB.
    static let limitBytes = 256 << 10

    private struct Header: Codable {
        var alg: String
        var kid: String
        var typ: String
    }

    /// Only what must not be there is asked for beside the header's own members.
    private struct CriticalMembers: Decodable {
        var crit: [String]?
    }

    package static func sign(
        _ payload: [UInt8], with key: SigningKey, keyID: String, type: String
    ) throws(CredentialsError) -> String {
        let header: [UInt8]
        do { header = try CanonicalJSON.encode(Header(alg: "EdDSA", kid: keyID, typ: type)) } catch {
            throw .failed(step: "Writing a signature's header", reason: "\(error)")
        }
        let text = Base64.encodeURL(header) + "." + Base64.encodeURL(payload)
        return text + "." + Base64.encodeURL(try key.sign(Array(text.utf8)))
    }

    /// The payload, when the signature is by one of the keys and the header is exactly of the kind expected.
    ///
    /// - Throws: `notGenuine` or `unreadable`; the text never counts in part.
    package static func verify(
        _ text: String, keys: [String: VerifyingKey], type: String
    ) throws(CredentialsError) -> [UInt8] {
        guard text.utf8.count <= limitBytes else { throw .tooLarge(subject: type, limitBytes: limitBytes) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let headerBytes = Base64.decodeURL(parts[0]),
            let payload = Base64.decodeURL(parts[1]), let signature = Base64.decodeURL(parts[2])
        else { throw .unreadable(subject: type, reason: "it must be three base64url parts") }
        guard let header = try? CanonicalJSON.decode(Header.self, from: headerBytes),
            let critical = try? CanonicalJSON.decode(CriticalMembers.self, from: headerBytes)
        else { throw .unreadable(subject: type, reason: "its header must have alg, kid and typ") }
        guard header.alg == "EdDSA", header.typ == type, critical.crit == nil else {
            throw .notGenuine(subject: type, reason: "its header is not of this kind")
        }
        guard let key = keys[header.kid] else {
            throw .notGenuine(subject: type, reason: "it is signed by a key that is not known")
        }
        guard key.isValid(signature: signature, for: Array("\(parts[0]).\(parts[1])".utf8)) else {
            throw .notGenuine(subject: type, reason: "its signature does not fit its content")
        }
        return payload
    }
}
