internal import Credentials
internal import HandOver
package import Model
internal import Processes

/// A device that takes principals as `Protocol.md` says: it makes its key itself, verifies, and only then
/// switches.
package struct SimulatedDevice: Sendable {
    let disk: DeviceDisk
    let lie: DeviceLie?
    /// Takes the power away when this is the moment.
    let cut: @Sendable (PowerCut) -> Void
    let now: @Sendable () -> Timestamp
    /// What it says of itself.
    package let fields: [String: String]

    /// The directory is its memory, made when it is not there; the fields name a device that is new.
    ///
    /// - Throws: `profileUnusable` for a new device without a serial, or what the disk refuses.
    package init(
        directory: String, fields: [String: String], keys: DeviceKeys = DeviceKeys(), lie: DeviceLie? = nil,
        cut: @escaping @Sendable (PowerCut) -> Void = { _ in }, now: @escaping @Sendable () -> Timestamp
    ) throws {
        disk = DeviceDisk(directory: directory, keys: keys)
        self.lie = lie
        self.cut = cut
        self.now = now
        if let known = try disk.identity() {
            self.fields = known
        } else {
            guard fields["serial"]?.isEmpty == false else {
                throw HandOverError.linkUnusable(
                    link: directory, reason: "holds no device, and none is named")
            }
            try disk.save(identity: fields)
            self.fields = fields
        }
        if !disk.keys.areTaken { _ = try disk.key() }
    }

    /// Gives it the certificate and key that its maker would have given it, in PEM.
    package func adopt(makerIdentity chain: [UInt8], key: [UInt8]) throws {
        try disk.save(makerIdentity: chain, key: key)
    }

    /// As the label on its case has it: the truth, whatever it says.
    package var labelText: String {
        (["S/N: \(fields["serial"] ?? "")"] + (fields["mac"].map { ["MAC: \($0)"] } ?? []))
            .joined(separator: "\n")
    }

    var announcement: DeviceAnnouncement {
        get throws {
            let active = try disk.active()
            var said = fields
            if lie == .serial { said["serial"] = "NOT-" + (fields["serial"] ?? "") }
            return DeviceAnnouncement(
                fields: said, active: active, pending: try disk.other(.bundles, than: active),
                takesKey: disk.keys.areTaken ? true : nil,
                takesSymmetricKey: disk.keys.mayBeSymmetric ? true : nil, takesConnection: true,
                keyOrigin: disk.keys.areMadeInTPM ? .tpm : nil,
                idevid: try disk.makerIdentity()?.chain.map { Base64.encode($0.der) })
        }
    }

    /// What it signs with; a clone does not have the key whose request it shows.
    func signature(over message: [UInt8]) throws -> [UInt8] {
        let key = lie == .clone ? try PrivateKey.generate(.p256) : try disk.key()
        return try key.sign(message)
    }

    func request() throws -> CertificateRequest { try disk.request(fields["serial"] ?? "") }

    // MARK: Taking a bundle

    /// Checks a bundle as far as a device can: is it for my key, and does it lead to its root, or has its service issued it?
    func check(_ bundle: PrincipalsBundle) throws -> Answer.Refusal? {
        if bundle.parts[.symmetricKey] != nil { return try checkSymmetric(bundle) }
        guard try key(with: bundle)?.publicKeyHash == bundle.manifest.publicKeyHash else {
            return Answer.Refusal(.certificateUnfit, "the bundle is for another key")
        }
        let chain = try Certificate.chain(pem: Self.text(bundle, .certificate))
        guard let leaf = chain.first, leaf.summary.publicKeyHash == bundle.manifest.publicKeyHash else {
            return Answer.Refusal(.certificateUnfit, "the certificate is for another key")
        }
        if try Self.connection(bundle)?.issuedThere == true { return nil }
        do throws(CredentialsError) {
            try Certificate.verifyChain(
                leaf: leaf, intermediates: Array(chain.dropFirst()),
                roots: try Certificate.chain(pem: Self.text(bundle, .trust)), at: now())
        } catch { return Answer.Refusal(.certificateUnfit, error.explanation.what) }
        return nil
    }

    /// The key that the bundle is to be for: the device's own, or the one that comes along.
    private func key(with bundle: PrincipalsBundle) throws -> PrivateKey? {
        guard disk.keys.areTaken else { return try disk.key() }
        return try? PrivateKey(pem: Redacted(Self.text(bundle, .privateKey)))
    }

    static func connection(_ bundle: PrincipalsBundle) throws -> ConnectionFile? {
        try bundle.parts[.connection].map { try CanonicalJSON.decode(ConnectionFile.self, from: $0) }
    }

    private static func text(_ bundle: PrincipalsBundle, _ part: BundleManifest.PartName) -> String {
        String(decoding: bundle.parts[part] ?? [], as: UTF8.self)
    }

    /// Puts a checked bundle beside the one in use; its manifest last.
    func keep(_ bundle: PrincipalsBundle) throws {
        cut(.verify)
        for (index, part) in bundle.manifest.parts.enumerated() {
            if index == 1 { cut(.keep) }
            try disk.keep(bundle.parts[part.name] ?? [], as: part.name, .bundles, bundle.id)
        }
        try disk.keep(manifest: bundle.manifestBytes, .bundles, bundle.id)
    }

    /// Switches to a bundle that is there whole.
    func activate(_ id: PayloadHash) throws -> Answer.Refusal? {
        guard try disk.bundle(.bundles, id) != nil else {
            return Answer.Refusal(.bundleUnknown, "the bundle was not verified here")
        }
        cut(.activate)
        try disk.setActive(id)
        cut(.switched)
        return nil
    }

    /// Signs for every byte of the bundle that it works with, and forgets the one before.
    func proof(_ id: PayloadHash, nonce: [UInt8]) throws -> InstallationProof? {
        guard try disk.active() == id, let bundle = try disk.bundle(.bundles, id) else { return nil }
        let proof = try signedProof(id, bundle.contents(nonce: nonce, digest: Digest.sha256), nonce)
        cut(.confirm)
        try disk.forget(.arriving, but: nil)
        try disk.forget(.bundles, but: id)
        return proof
    }

    func signedProof(
        _ id: PayloadHash, _ contents: PayloadHash, _ nonce: [UInt8]
    ) throws -> InstallationProof {
        let message = ProofMessage.confirmation(
            nonce: nonce, name: try announcement.name, bundle: id, contents: contents)
        let signature =
            if let key = try symmetricKey(of: id) {
                Digest.hmacSHA256(key: lie == .clone ? [0] : key.unredacted, message)
            } else { try signature(over: message) }
        return InstallationProof(bundle: id, nonce: nonce, contents: contents, signature: signature)
    }
}
