internal import Credentials
internal import HandOver
internal import Model
internal import Processes

/// The memory of a simulated device: its name, its key, its bundles, and which of them it works with.
///
/// Each file is whole or not there. `active` names a bundle of which every part was synced before.
struct DeviceDisk: Sendable {
    let directory: String
    var keys = DeviceKeys()

    private var identityPath: String { directory + "/identity.json" }
    private var keyPath: String { directory + "/key.pem" }
    private var requestPath: String { directory + "/request.der" }
    private var activePath: String { directory + "/active" }
    private var placePath: String { directory + "/cloud.json" }
    private var fleetPath: String { directory + "/fleet.json" }
    private var connectionPath: String { directory + "/connection.json" }

    /// Where parts are: still arriving, or for use.
    enum Place: String {
        case arriving, bundles
    }

    // MARK: Identity and key

    func identity() throws -> [String: String]? {
        try read(identityPath).map { try CanonicalJSON.decode([String: String].self, from: $0) }
    }

    func save(identity: [String: String]) throws {
        for place in ["", "/arriving", "/bundles"] { try Files.makeDirectories(directory + place) }
        try Files.writeAtomically(try CanonicalJSON.encode(identity), to: identityPath)
    }

    /// The key, made here or in the TPM the first time, or taken with the bundle in use; it never leaves this directory.
    func key() throws -> PrivateKey {
        if keys.areTaken { return try takenKey() }
        if let pem = try read(keyPath) { return try keys.read(pem, directory) }
        let key = try keys.make()
        try Files.writeAtomically(Array(try key.pem.unredacted.utf8), to: keyPath)
        return key
    }

    /// What its maker gave it: a certificate with its authorities, and the key; `nil` for a device without.
    func makerIdentity() throws -> (chain: [Certificate], key: PrivateKey)? {
        guard let chain = try read(directory + "/idevid.pem"),
            let key = try read(directory + "/idevid-key.pem")
        else { return nil }
        return (
            try Certificate.chain(pem: String(decoding: chain, as: UTF8.self)),
            try PrivateKey(pem: Redacted(String(decoding: key, as: UTF8.self)))
        )
    }

    func save(makerIdentity chain: [UInt8], key: [UInt8]) throws {
        try Files.writeAtomically(chain, to: directory + "/idevid.pem")
        try Files.writeAtomically(key, to: directory + "/idevid-key.pem")
    }

    /// - Throws: `linkUnusable` before the first bundle.
    private func takenKey() throws -> PrivateKey {
        guard let active = try active(), let pem = try part(.privateKey, .bundles, active) else {
            throw HandOverError.linkUnusable(link: directory, reason: "has no key yet")
        }
        return try PrivateKey(pem: Redacted(String(decoding: pem, as: UTF8.self)))
    }

    func request(_ commonName: String) throws -> CertificateRequest {
        if let der = try read(requestPath) { return try CertificateRequest(der) }
        let request = try CertificateRequest.create(key: try key(), commonName: commonName)
        try Files.writeAtomically(request.der, to: requestPath)
        return request
    }

    // MARK: Bundles

    private func path(_ place: Place, _ bundle: PayloadHash, _ suffix: String) -> String {
        "\(directory)/\(place.rawValue)/\(bundle).\(suffix)"
    }

    func manifest(_ place: Place, _ bundle: PayloadHash) throws -> [UInt8]? {
        try read(path(place, bundle, "manifest.json"))
    }

    func part(
        _ name: BundleManifest.PartName, _ place: Place, _ bundle: PayloadHash
    ) throws -> [UInt8]? {
        try read(path(place, bundle, name.rawValue))
    }

    func keep(manifest: [UInt8], _ place: Place, _ bundle: PayloadHash) throws {
        try Files.writeAtomically(manifest, to: path(place, bundle, "manifest.json"))
    }

    func keep(
        _ bytes: [UInt8], as name: BundleManifest.PartName, _ place: Place, _ bundle: PayloadHash
    ) throws {
        try Files.writeAtomically(bytes, to: path(place, bundle, name.rawValue))
    }

    /// A bundle as it lies there; `nil` when its manifest does not.
    ///
    /// - Throws: `partDamaged` when a part is missing or changed.
    func bundle(_ place: Place, _ id: PayloadHash) throws -> PrincipalsBundle? {
        guard let manifestBytes = try manifest(place, id) else { return nil }
        var parts: [BundleManifest.PartName: [UInt8]] = [:]
        for part in try BundleManifest.read(manifestBytes).parts {
            parts[part.name] = try self.part(part.name, place, id)
        }
        let bundle = try PrincipalsBundle(
            manifestBytes: manifestBytes, parts: parts, digest: Digest.sha256)
        guard bundle.id == id else { throw HandOverError.partDamaged("manifest.json") }
        return bundle
    }

    /// Takes away all bundles but one.
    func forget(_ place: Place, but id: PayloadHash?) throws {
        for path in try Files.matching("\(directory)/\(place.rawValue)/*") {
            let name = path.split(separator: "/").last ?? ""
            if id.map({ name.hasPrefix($0.rawValue) }) != true { try Files.remove(path) }
        }
    }

    /// A bundle that is here beside the active one.
    func other(_ place: Place, than active: PayloadHash?) throws -> PayloadHash? {
        for path in try Files.matching("\(directory)/\(place.rawValue)/*.manifest.json") {
            let name = path.split(separator: "/").last?.prefix(64) ?? ""
            if let id = PayloadHash(rawValue: String(name)), id != active { return id }
        }
        return nil
    }

    // MARK: What is in use

    func active() throws -> PayloadHash? {
        try read(activePath).flatMap { PayloadHash(rawValue: String(decoding: $0, as: UTF8.self)) }
    }

    /// The switch: one rename.
    func setActive(_ bundle: PayloadHash) throws {
        try Files.writeAtomically(Array(bundle.rawValue.utf8), to: activePath)
    }

    func place() throws -> CloudPlace? {
        try read(placePath).map { try CanonicalJSON.decode(CloudPlace.self, from: $0) }
    }

    func save(place: CloudPlace) throws {
        try Files.writeAtomically(try CanonicalJSON.encode(place), to: placePath)
    }

    func fleet() throws -> FleetPlace? {
        try read(fleetPath).map { try CanonicalJSON.decode(FleetPlace.self, from: $0) }
    }

    func save(fleet: FleetPlace) throws {
        try Files.writeAtomically(try CanonicalJSON.encode(fleet), to: fleetPath)
    }

    func connection() throws -> RememberedConnection? {
        try read(connectionPath).map { try CanonicalJSON.decode(RememberedConnection.self, from: $0) }
    }

    func save(connection: RememberedConnection) throws {
        try Files.writeAtomically(try CanonicalJSON.encode(connection), to: connectionPath)
    }

    private func read(_ path: String) throws -> [UInt8]? {
        do throws(SystemError) { return try Files.read(path, limit: HandOverLimits.partBytes) } catch {
            if case .missing = error { return nil }
            throw error
        }
    }
}
