package import Model

/// What a bundle of principals consists of; its hash is the bundle's name.
package struct BundleManifest: Codable, Equatable, Sendable {
    package static let currentVersion = 1

    /// The parts of a bundle, in their order. A private key is one of them only for a device that cannot make its own.
    package enum PartName: String, Codable, CaseIterable, Comparable, Sendable {
        /// The manifest itself, where it is brought over as the parts are; it does not name itself.
        case manifest = "manifest.json"
        /// The device certificate and the authorities between it and the root, PEM.
        case certificate = "certificate.pem"
        /// The root certificates that the device is to trust, PEM: those of its services, and the registrar's.
        case trust = "trust.pem"
        /// Where the service is, JSON.
        case endpoint = "endpoint.json"
        /// Where the device is provisioned, and by which name, JSON; for devices that take it.
        case connection = "connection.json"
        /// The device's private key, PKCS #8 in PEM, where Muster made it.
        case privateKey = "key.pem"
        /// A symmetric key that the device's target made, base64; it stands in place of the certificate.
        case symmetricKey = "symmetric.key"

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

        /// Whether whoever has it is the device.
        package var isSecret: Bool { self == .privateKey || self == .symmetricKey }
    }

    package struct Part: Codable, Equatable, Sendable {
        package var name: PartName
        package var sizeBytes: Int
        package var sha256: PayloadHash

        package init(name: PartName, sizeBytes: Int, sha256: PayloadHash) {
            self.name = name
            self.sizeBytes = sizeBytes
            self.sha256 = sha256
        }
    }

    package var version: Int
    /// The operation whose receipt brought the certificate.
    package var operation: OperationID
    /// What the device's signatures call it.
    package var deviceName: String
    /// SHA-256 of the key that the certificate is for: a device with another key refuses the bundle. Of a symmetric key, its
    /// mark: `SymmetricKeyProof.mark`.
    package var publicKeyHash: PayloadHash
    /// 32 bytes in base64url, made for this hand-over: the device signs its confirmation over it.
    package var nonce: String
    package var parts: [Part]

    package init(
        operation: OperationID, deviceName: String, publicKeyHash: PayloadHash, nonce: [UInt8],
        parts: [Part]
    ) {
        version = Self.currentVersion
        self.operation = operation
        self.deviceName = deviceName
        self.publicKeyHash = publicKeyHash
        self.nonce = Base64.encodeURL(nonce)
        self.parts = parts
    }

    /// Reads a manifest.
    ///
    /// - Throws: `manifestUnreadable` with what must hold.
    package static func read(_ bytes: [UInt8]) throws(HandOverError) -> BundleManifest {
        guard bytes.count <= HandOverLimits.manifestBytes else {
            throw .manifestUnreadable("it must have at most \(HandOverLimits.manifestBytes) bytes")
        }
        let manifest: BundleManifest
        do { manifest = try CanonicalJSON.decode(BundleManifest.self, from: bytes) } catch {
            throw .manifestUnreadable("it must be JSON with the members of a manifest")
        }
        guard manifest.version == currentVersion else {
            throw .manifestUnreadable("its version must be \(currentVersion), not \(manifest.version)")
        }
        let names = manifest.parts.map(\.name)
        guard Set(names).count == names.count, !names.contains(.manifest),
            names.contains(.certificate) != names.contains(.symmetricKey), names.contains(.trust)
        else {
            throw .manifestUnreadable(
                "it must name a certificate or a symmetric key, and a root, each part once")
        }
        guard manifest.parts.allSatisfy({ (1...HandOverLimits.partBytes).contains($0.sizeBytes) }) else {
            throw .manifestUnreadable("a part must have 1 to \(HandOverLimits.partBytes) bytes")
        }
        guard let nonce = Base64.decodeURL(manifest.nonce), nonce.count == ProofMessage.nonceBytes else {
            throw .manifestUnreadable("its nonce must have \(ProofMessage.nonceBytes) bytes")
        }
        return manifest
    }

    /// The nonce as bytes; empty when it is none, which `read` refuses.
    package var nonceBytes: [UInt8] { Base64.decodeURL(nonce) ?? [] }

    package func part(_ name: PartName) -> Part? { parts.first { $0.name == name } }
}

/// Sizes of the hand-over, each with its reason.
package enum HandOverLimits {
    /// A chain with RSA keys has some 8 KiB.
    package static let partBytes = 64 << 10
    package static let manifestBytes = 4096
    /// A line of the protocol: a chunk in base64 with its JSON, or a manifest.
    package static let lineBytes = 8192
    /// Bytes of a chunk: on a good link, and on the worst.
    package static let chunkBytes = 768
    package static let smallestChunkBytes = 48
}
