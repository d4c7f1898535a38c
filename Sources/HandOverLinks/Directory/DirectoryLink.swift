package import HandOver
package import Model
internal import Processes

/// A directory that is carried to the device, such as a USB stick, or one on the device: nothing in it counts
/// before all of it is there.
package final class DirectoryLink: HandOverLink {
    package let name: String
    package var canAsk: Bool { false }
    package var evidence: LinkEvidence { files.evidence() }
    private let directory: String
    private let scanned: DeviceIdentity
    private let files: StickFiles
    private let digest: DigestFunction
    private let settling: Settling
    private var layout: DirectoryLayout?

    /// How long a device that has the directory itself is waited for, and how often it is looked for.
    package struct Settling: Sendable {
        package var patience: Duration
        package var pause: Duration

        package init(patience: Duration, pause: Duration = .milliseconds(500)) {
            self.patience = patience
            self.pause = pause
        }

        /// For a directory that has to be carried to the device.
        package static let none = Settling(patience: .zero)
        /// For one on the device, which checks and writes some files.
        package static let onDevice = Settling(patience: .seconds(6))
    }

    /// In the directory devices have put their folders; `scanned` says whose folder is looked for.
    package init(
        _ directory: String, scanned: DeviceIdentity, files: StickFiles = .real, name: String? = nil,
        settling: Settling = .none, digest: @escaping DigestFunction
    ) {
        self.directory = directory
        self.scanned = scanned
        self.files = files
        self.digest = digest
        self.settling = settling
        self.name = name ?? HandOverAddress.directory(directory).description
    }

    /// The folder of the device that was scanned; where there is none, what another device says, to be told
    /// from it.
    package func hello() throws(HandOverError) -> DeviceAnnouncement {
        var others: [(DirectoryLayout, DeviceAnnouncement)] = []
        for folder in try using({ () throws(SystemError) in try files.folders(directory) }) {
            let layout = DirectoryLayout(folder: folder)
            let said = try announcement(layout)
            if IdentityComparison(scanned: scanned, said: said).isSameDevice {
                self.layout = layout
                return said
            }
            others.append((layout, said))
        }
        guard let (layout, said) = others.first else {
            throw .linkUnusable(link: name, reason: "has no request of a device yet")
        }
        self.layout = layout
        return said
    }

    private func announcement(_ layout: DirectoryLayout) throws(HandOverError) -> DeviceAnnouncement {
        let bytes = try using { () throws(SystemError) in
            try files.read(layout.announcement, HandOverLimits.manifestBytes)
        }
        do { return try CanonicalJSON.decode(DeviceAnnouncement.self, from: bytes) } catch {
            throw .lineUnreadable("\(layout.announcement) must be JSON with the device's `fields`")
        }
    }

    package func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest {
        let layout = try found()
        let bytes = try using { () throws(SystemError) in
            try files.read(layout.request, HandOverLimits.partBytes)
        }
        return SignedRequest(request: bytes, signature: nil)
    }

    package func install(
        _ bundle: PrincipalsBundle, nonce: [UInt8]
    ) throws(HandOverError) -> Installation {
        let layout = try found()
        if try holds(bundle, layout) { return .laidDown }
        try makeSureOfRoom(bundle)
        var laid: [String] = []
        do throws(HandOverError) {
            for part in bundle.manifest.parts {
                let path = layout.part(part.name, of: bundle.id)
                laid.append(path)
                try put(bundle.parts[part.name] ?? [], at: path)
            }
            // From here on it counts.
            try put(bundle.manifestBytes, at: layout.manifest)
        } catch {
            // Nothing half stays. What cannot be removed does not count either: no manifest names it.
            for path in laid { try? files.remove(path) }
            throw error
        }
        return .laidDown
    }

    package func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation {
        let deadline = Deadline(after: settling.patience)
        while try confirm(bundle, nonce: nonce) == nil {
            if deadline.hasPassed { return .deviceAway }
            // Nobody tells when a file comes.
            try using { () throws(SystemError) in
                _ = try Descriptor.waitUntilReadable([], by: Deadline(after: settling.pause))
            }
        }
        return .switched
    }

    package func connection(nonce: [UInt8]) throws(HandOverError) -> LastConnection? { nil }

    package func confirm(
        _ bundle: PayloadHash, nonce: [UInt8]
    ) throws(HandOverError) -> InstallationProof? {
        let layout = try found()
        guard let bytes = try present(layout.confirmation) else { return nil }
        let proof: InstallationProof
        do { proof = try CanonicalJSON.decode(InstallationProof.self, from: bytes) } catch {
            throw .lineUnreadable("\(layout.confirmation) must be JSON with the members of a proof")
        }
        guard proof.bundle == bundle else { return nil }
        // A key that the device has taken stays on no stick.
        for part in BundleManifest.PartName.allCases where part.isSecret {
            let key = layout.part(part, of: bundle)
            if try present(key) != nil { try using { () throws(SystemError) in try files.remove(key) } }
        }
        return proof
    }

    // MARK: Files

    private func found() throws(HandOverError) -> DirectoryLayout {
        if layout == nil { _ = try hello() }
        guard let layout else { throw .noAnswer(link: name) }
        return layout
    }

    /// Whether the manifest there is this bundle's, and every part too.
    private func holds(_ bundle: PrincipalsBundle, _ layout: DirectoryLayout) throws(HandOverError) -> Bool {
        guard try present(layout.manifest) == bundle.manifestBytes else { return false }
        for (part, bytes) in bundle.parts {
            guard try present(layout.part(part, of: bundle.id)) == bytes else { return false }
        }
        return true
    }

    /// Writes and reads back: a stick that lost what it was given shows here.
    private func put(_ bytes: [UInt8], at path: String) throws(HandOverError) {
        if try present(path) == bytes { return }
        try using { () throws(SystemError) in try files.write(bytes, path) }
        guard try present(path) == bytes else {
            throw .linkUnusable(link: name, reason: "does not keep what is written to it")
        }
    }

    private func present(_ path: String) throws(HandOverError) -> [UInt8]? {
        do throws(SystemError) { return try files.read(path, HandOverLimits.partBytes) } catch {
            if case .missing = error { return nil }
            throw unusable(error)
        }
    }

    private func makeSureOfRoom(_ bundle: PrincipalsBundle) throws(HandOverError) {
        // A file takes whole clusters, of up to 32 KiB on a large stick.
        let files = UInt64(bundle.parts.count + 1)
        let room = try using { () throws(SystemError) in try self.files.room(directory).available }
        guard room >= files * (32 << 10) else {
            throw .linkUnusable(link: name, reason: "has no room for \(files) files")
        }
    }

    private func using<Result>(
        _ body: () throws(SystemError) -> Result
    ) throws(HandOverError) -> Result {
        do throws(SystemError) { return try body() } catch { throw unusable(error) }
    }

    private func unusable(_ error: SystemError) -> HandOverError {
        switch error {
        case .missing(let path): .linkUnusable(link: name, reason: "does not have \(path)")
        case .notPermitted:
            .linkUnusable(link: name, reason: "cannot be written: it is read-only or another's")
        case .diskFull: .linkUnusable(link: name, reason: "is full")
        case .tooLarge(let path, let limit):
            .linkUnusable(link: name, reason: "has a file of more than \(limit) bytes, \(path)")
        case .disconnected, .timedOut: .linkLost(link: name)
        case .failed: .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)")
        }
    }
}
