package import Model

/// Everything that is handed to a device, whole and checked: a value of this type cannot be half a bundle.
package struct PrincipalsBundle: Equatable, Sendable {
    package let manifest: BundleManifest
    /// Canonical JSON of the manifest.
    package let manifestBytes: [UInt8]
    package let parts: [BundleManifest.PartName: [UInt8]]
    /// SHA-256 of the manifest's bytes, and with that of every part.
    package let id: PayloadHash

    /// Makes a bundle out of its parts.
    package init(
        operation: OperationID, deviceName: String, publicKeyHash: PayloadHash, nonce: [UInt8],
        parts: [BundleManifest.PartName: [UInt8]], digest: DigestFunction
    ) throws(HandOverError) {
        let manifest = BundleManifest(
            operation: operation, deviceName: deviceName, publicKeyHash: publicKeyHash, nonce: nonce,
            parts: parts.sorted { $0.key < $1.key }.map { name, bytes in
                BundleManifest.Part(
                    name: name, sizeBytes: bytes.count, sha256: PayloadHash(digest: digest(bytes)))
            })
        let bytes: [UInt8]
        do { bytes = try CanonicalJSON.encode(manifest) } catch {
            throw .manifestUnreadable("it cannot be written as JSON")
        }
        try self.init(manifestBytes: bytes, parts: parts, digest: digest)
    }

    /// Takes what arrived as a bundle when every byte is there.
    ///
    /// - Throws: `manifestUnreadable`, or `partDamaged` with the first part that is missing, cut or changed.
    package init(
        manifestBytes: [UInt8], parts: [BundleManifest.PartName: [UInt8]], digest: DigestFunction
    ) throws(HandOverError) {
        let manifest = try BundleManifest.read(manifestBytes)
        for part in manifest.parts {
            guard let bytes = parts[part.name], bytes.count == part.sizeBytes,
                PayloadHash(digest: digest(bytes)) == part.sha256
            else { throw .partDamaged(part.name.rawValue) }
        }
        guard parts.count == manifest.parts.count else {
            throw .manifestUnreadable("it must name every part that comes with it")
        }
        self.manifest = manifest
        self.manifestBytes = manifestBytes
        self.parts = parts
        id = PayloadHash(digest: digest(manifestBytes))
    }

    /// Whether a part is a private or a symmetric key, or holds one in PEM, which must not go where others can listen.
    package var holdsPrivateKey: Bool {
        let mark = Array("PRIVATE KEY-----".utf8)
        return parts.keys.contains(where: \.isSecret)
            || parts.values.contains { bytes in
                bytes.indices.contains { bytes[$0] == mark[0] && bytes[$0...].starts(with: mark) }
            }
    }

    /// The hash over a nonce and every byte of the bundle: only who holds all of it can tell it.
    package func contents(nonce: [UInt8], digest: DigestFunction) -> PayloadHash {
        let all = manifest.parts.reduce(into: nonce + manifestBytes) { $0 += parts[$1.name] ?? [] }
        return PayloadHash(digest: digest(all))
    }
}

/// Where the service is that the device is to talk to: the content of `endpoint.json`.
package struct EndpointFile: Codable, Equatable, Sendable {
    /// The service that the device is for.
    package var url: String
    /// All of its services by kind, where the registrar gives them out; their roots are in `trust.pem`.
    package var services: [Service]?

    package struct Service: Codable, Equatable, Sendable {
        package var kind: DeviceService.Kind
        package var url: String

        package init(kind: DeviceService.Kind, url: String) {
            self.kind = kind
            self.url = url
        }
    }

    package init(url: String, services: [Service]? = nil) {
        self.url = url
        self.services = services
    }
}
