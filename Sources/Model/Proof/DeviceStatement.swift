/// What makes a device's word of its connection worth something: its signature over a nonce that was made just now, and over
/// everything that the proof says.
package struct DeviceStatement: Codable, Equatable, Sendable {
    /// 32 bytes in base64url.
    package var nonce: String
    /// By what the device's signatures name it.
    package var name: String
    /// ECDSA with SHA-256 in DER, or Ed25519; base64.
    package var signature: String

    package init(nonce: String, name: String, signature: String) {
        self.nonce = nonce
        self.name = name
        self.signature = signature
    }

    /// The bytes that the device signs. `certificate` is the SHA-256 of the one that it connected with.
    package static func message(
        nonce: String, name: String, endpoint: String, connectedAt: Timestamp, certificate: PayloadHash
    ) -> [UInt8] {
        LengthPrefixed.bytes([
            "muster hand-over 1 connection", nonce, name, endpoint, connectedAt.description,
            certificate.rawValue,
        ])
    }

    /// The bytes that the device must have signed for a proof; `nil` for a proof that names no certificate.
    package func message(of proof: ConnectionProof) -> [UInt8]? {
        proof.certificate.map {
            Self.message(
                nonce: nonce, name: name, endpoint: proof.endpoint, connectedAt: proof.provenAt,
                certificate: $0)
        }
    }
}
