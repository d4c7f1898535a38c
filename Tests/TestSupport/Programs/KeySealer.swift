package import Credentials
package import Model
internal import Processes

/// The service's side of TPM attestation: closes keys so that one TPM alone can open them.
///
/// Made of the TPM 2.0 Library, Part 1, sections 23 and 24, with libcrypto and the `openssl` command.
package struct KeySealer {
    private let endorsement: PublicArea
    private let root: PublicArea
    private let openssl: OpenSSLCommand

    /// - Throws: `ProgramFailure` for an identity that is not of RSA 2048 keys.
    package init(for identity: Attestation.TPMIdentity) throws {
        endorsement = try PublicArea(base64: identity.endorsementKey)
        root = try PublicArea(base64: identity.storageRootKey ?? "")
        openssl = try OpenSSLCommand()
    }

    /// Closes `key`. `innerKey` and `blind` are secrets of the service, 16 and 32 bytes.
    package func seal(
        _ key: [UInt8], innerKey: [UInt8] = [UInt8](20..<36), blind: [UInt8] = [UInt8](100..<132)
    ) throws -> TPMSealedKey {
        let (seed, secret) = try encryptedSeed("IDENTITY", for: endorsement)
        let identity = Self.protect(seed, Self.sized(innerKey), name: root.name)
        let area = Self.area(unique: Digest.sha256(blind + key))
        let name = [0x00, 0x0B] + Digest.sha256(area)
        let sensitive = Self.sized(
            [0x00, 0x08] + Self.sized([]) + Self.sized(blind) + Self.sized(key))
        let inner = Self.cfb(innerKey, Self.sized(Digest.sha256(sensitive + name)) + sensitive)
        let (importSeed, importSecret) = try encryptedSeed("DUPLICATE", for: root)
        return TPMSealedKey(
            identityObject: identity, encryptedSecret: secret,
            duplicate: Self.protect(importSeed, inner, name: name), importSeed: importSecret,
            publicArea: Self.sized(area))
    }

    /// A fresh seed, and it encrypted by RSA-OAEP under a label that ends with a zero.
    private func encryptedSeed(_ label: String, for key: PublicArea) throws -> ([UInt8], [UInt8]) {
        let seed = Digest.sha256(Array(label.utf8) + key.modulus + SystemClock.randomBytes(32))
        try Files.writeAtomically(key.publicKeyInfo, to: openssl.directory.file("key.der"))
        try Files.writeAtomically(seed, to: openssl.directory.file("seed"))
        try openssl.output(
            of: "pkeyutl -encrypt -pubin -keyform DER -inkey …/key.der -in …/seed -out …/secret"
                + " -pkeyopt rsa_padding_mode:oaep -pkeyopt rsa_oaep_md:sha256 -pkeyopt rsa_mgf1_md:sha256"
                + " -pkeyopt rsa_oaep_label:" + Hexadecimal.encode(Array(label.utf8) + [0]))
        return (seed, Self.sized(try openssl.bytes("secret")))
    }

    // MARK: Structures

    /// The outer wrap of both protections: encrypted, and bound to a name.
    private static func protect(_ seed: [UInt8], _ bytes: [UInt8], name: [UInt8]) -> [UInt8] {
        let encrypted = cfb(Array(derived(seed, "STORAGE", name, bits: 128)), bytes)
        let mac = Digest.hmacSHA256(key: derived(seed, "INTEGRITY", [], bits: 256), encrypted + name)
        return sized(sized(mac) + encrypted)
    }

    /// The public area of a key for HMAC with SHA-256 that may be used without a policy and moved.
    private static func area(unique: [UInt8]) -> [UInt8] {
        let attributes: [UInt8] = [0x00, 0x04, 0x04, 0x40]
        return [0x00, 0x08, 0x00, 0x0B] + attributes + sized([]) + [0x00, 0x05, 0x00, 0x0B] + sized(unique)
    }

    private static func sized(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }

    /// KDFa of Part 1, section 11.4.10.2; one round is enough here.
    private static func derived(
        _ key: [UInt8], _ label: String, _ context: [UInt8], bits: Int
    ) -> [UInt8] {
        let text: [UInt8] =
            [0, 0, 0, 1] + Array(label.utf8) + [0] + context + [0, 0, UInt8(bits >> 8), UInt8(bits & 0xFF)]
        return Array(Digest.hmacSHA256(key: key, text).prefix(bits / 8))
    }

    /// AES-128 in CFB mode from a block of zeros.
    private static func cfb(_ key: [UInt8], _ bytes: [UInt8]) -> [UInt8] {
        var last = [UInt8](repeating: 0, count: 16)
        var encrypted: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 16) {
            let stream = AES128.encrypt(key: key, block: last)
            let block = zip(bytes[start...].prefix(16), stream).map { $0 ^ $1 }
            encrypted += block
            if block.count == 16 { last = block }
        }
        return encrypted
    }
}

/// What is needed of a TPM2B_PUBLIC of RSA 2048.
private struct PublicArea {
    /// The hash of the area, with the number of the algorithm before it.
    let name: [UInt8]
    let modulus: [UInt8]

    init(base64: String) throws {
        let bytes = Base64.decode(base64) ?? []
        guard bytes.count > 258, bytes[2...3] == [0x00, 0x01] else {
            throw ProgramFailure(description: "\(base64) is no public area of an RSA key")
        }
        name = [0x00, 0x0B] + Digest.sha256(Array(bytes.dropFirst(2)))
        modulus = Array(bytes.suffix(256))
    }

    /// SubjectPublicKeyInfo in DER, with the exponent 65537. Source: RFC 8017, appendix A.1.1.
    var publicKeyInfo: [UInt8] {
        let numbers = Self.der(0x02, [0] + modulus) + Self.der(0x02, [1, 0, 1])
        let algorithm: [UInt8] = [
            0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
        ]
        return Self.der(0x30, algorithm + Self.der(0x03, [0] + Self.der(0x30, numbers)))
    }

    private static func der(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        let count = bytes.count
        if count < 128 { return [tag, UInt8(count)] + bytes }
        return [tag, 0x82, UInt8(count >> 8), UInt8(count & 0xFF)] + bytes
    }
}
