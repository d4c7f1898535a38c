package import Model

/// The bytes that a device signs to show that it holds its key.
///
/// Each begins with a fixed context, so that a signature made here means nothing elsewhere. Every part has
/// its length before it, so that no two lists of parts give the same bytes. ECDSA takes SHA-256 over them;
/// Ed25519 takes them as they are.
package enum ProofMessage {
    /// Bytes of a nonce.
    package static let nonceBytes = 32

    /// With the certificate request: this device, now, has the key that the request names.
    package static func request(nonce: [UInt8], name: String, request: PayloadHash) -> [UInt8] {
        message("muster hand-over 1 request", [Base64.encodeURL(nonce), name, request.rawValue])
    }

    /// With the certificate request, by the key of the IDevID: the device that the maker made is the one that asks.
    package static func identity(nonce: [UInt8], name: String, request: PayloadHash) -> [UInt8] {
        message("muster hand-over 1 identity", [Base64.encodeURL(nonce), name, request.rawValue])
    }

    /// With a bundle that works: `contents` is the hash over the nonce and every byte that the device has
    /// installed.
    package static func confirmation(
        nonce: [UInt8], name: String, bundle: PayloadHash, contents: PayloadHash
    ) -> [UInt8] {
        message(
            "muster hand-over 1 confirmation",
            [Base64.encodeURL(nonce), name, bundle.rawValue, contents.rawValue])
    }

    private static func message(_ context: String, _ parts: [String]) -> [UInt8] {
        LengthPrefixed.bytes([context] + parts)
    }
}
