internal import Credentials
internal import HandOver
package import Model
internal import Processes

/// A simulated device that a directory was brought to.
package struct DirectoryDesk {
    /// What came of the visit.
    package enum Visit: Equatable, Sendable {
        /// Its request lies there; nothing was there for it.
        case asked
        case installed(PayloadHash)
        /// It works on with what it had.
        case refused(String)
    }

    private let device: SimulatedDevice

    package init(_ device: SimulatedDevice) {
        self.device = device
    }

    package func visit(_ directory: String) throws -> Visit {
        let layout = DirectoryLayout(directory: directory, deviceName: device.fields["serial"] ?? "")
        try Files.makeDirectories(layout.folder, mode: 0o755)
        if !device.disk.keys.areTaken { try put(Array(try device.request().pem.utf8), layout.request) }
        device.cut(.request)
        try put(try CanonicalJSON.encode(try device.announcement), layout.announcement)
        guard let manifest = try read(layout.manifest) else { return .asked }
        let visit = try install(manifest, layout)
        try put(try CanonicalJSON.encode(try device.announcement), layout.announcement)
        return visit
    }

    private func install(_ manifestBytes: [UInt8], _ layout: DirectoryLayout) throws -> Visit {
        let id = PayloadHash(digest: Digest.sha256(manifestBytes))
        // It works with that one already; a key that came with it may be gone from the directory since.
        if try device.disk.active() == id { return try confirm(id, layout) }
        let bundle: PrincipalsBundle
        do {
            var parts: [BundleManifest.PartName: [UInt8]] = [:]
            for part in try BundleManifest.read(manifestBytes).parts {
                parts[part.name] = try read(layout.part(part.name, of: id))
            }
            bundle = try PrincipalsBundle(manifestBytes: manifestBytes, parts: parts, digest: Digest.sha256)
        } catch let error as HandOverError { return .refused(error.explanation.what) }
        device.cut(.put)
        if device.lie == .halfInstall { return try pretend(bundle, layout) }
        if try device.disk.bundle(.bundles, bundle.id) == nil {
            if let objection = try device.check(bundle) { return .refused(objection.what) }
            try device.keep(bundle)
        }
        if let objection = try device.activate(bundle.id) { return .refused(objection.what) }
        return try confirm(bundle.id, layout)
    }

    private func confirm(_ id: PayloadHash, _ layout: DirectoryLayout) throws -> Visit {
        guard let bundle = try device.disk.bundle(.bundles, id),
            let proof = try device.proof(id, nonce: bundle.manifest.nonceBytes)
        else { return .refused("the bundle cannot be read back") }
        try put(try CanonicalJSON.encode(proof), layout.confirmation)
        return .installed(id)
    }

    /// Says that it works with a bundle of which it keeps nothing.
    private func pretend(_ bundle: PrincipalsBundle, _ layout: DirectoryLayout) throws -> Visit {
        let contents = PayloadHash(digest: Digest.sha256(bundle.manifestBytes))
        let proof = try device.signedProof(bundle.id, contents, bundle.manifest.nonceBytes)
        try put(try CanonicalJSON.encode(proof), layout.confirmation)
        return .installed(bundle.id)
    }

    private func put(_ bytes: [UInt8], _ path: String) throws {
        if try read(path) != bytes { try Files.writeAtomically(bytes, to: path, mode: 0o644) }
    }

    private func read(_ path: String) throws -> [UInt8]? {
        do throws(SystemError) { return try Files.read(path, limit: HandOverLimits.partBytes) } catch {
            if case .missing = error { return nil }
            throw error
        }
    }
}
