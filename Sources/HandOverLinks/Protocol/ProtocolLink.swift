package import HandOver
package import Model

/// A device that speaks the hand-over protocol, whatever carries it.
package final class ProtocolLink: HandOverLink {
    package var name: String { asker.name }
    package var canAsk: Bool { true }
    package var evidence: LinkEvidence { asker.evidence }
    private let asker: any Asking
    private let digest: DigestFunction

    package init(_ asker: any Asking, digest: @escaping DigestFunction) {
        self.asker = asker
        self.digest = digest
    }

    package func hello() throws(HandOverError) -> DeviceAnnouncement {
        guard case .hello(let announcement) = try asker.ask(.hello) else {
            throw HandOverError.unexpected(.hello)
        }
        return announcement
    }

    package func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest {
        guard case .request(let request) = try asker.ask(.request(Ask.Nonce(nonce))) else {
            throw HandOverError.unexpected(.request)
        }
        return request
    }

    package func install(
        _ bundle: PrincipalsBundle, nonce: [UInt8]
    ) throws(HandOverError) -> Installation {
        if evidence.isEncrypted == false, bundle.holdsPrivateKey {
            throw .notEncrypted(
                link: name, reason: "the bundle holds a private key, and others could read it")
        }
        try bring(bundle)
        guard case .contents(let shown) = try asker.ask(.verify(Ask.Named(bundle.id, nonce: nonce))) else {
            throw HandOverError.unexpected(.verify)
        }
        return .shown(contents: shown.contents)
    }

    package func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation {
        guard case .active(let active) = try asker.ask(.activate(Ask.Named(bundle, nonce: nonce))),
            active.bundle == bundle
        else { throw HandOverError.unexpected(.activate) }
        return .switched
    }

    package func confirm(
        _ bundle: PayloadHash, nonce: [UInt8]
    ) throws(HandOverError) -> InstallationProof? {
        guard case .proof(let proof) = try asker.ask(.confirm(Ask.Named(bundle, nonce: nonce))) else {
            throw HandOverError.unexpected(.confirm)
        }
        return proof
    }

    package func connection(nonce: [UInt8]) throws(HandOverError) -> LastConnection? {
        guard case .connection(let last) = try asker.ask(.connection(Ask.Nonce(nonce))) else {
            throw HandOverError.unexpected(.connection)
        }
        return last
    }

    // MARK: Chunks

    /// Offers are bounded: each that is needed again has brought at least one chunk, or is one of eight.
    private func bring(_ bundle: PrincipalsBundle) throws(HandOverError) {
        let offer = Ask.Offer(bundle: bundle.id, sizeBytes: bundle.manifestBytes.count)
        var fruitless = 0
        while true {
            guard case .progress(var progress) = try asker.ask(.offer(offer)) else {
                throw HandOverError.unexpected(.offer)
            }
            let before = progress
            do throws(HandOverError) {
                try bring(.manifest, bundle.manifestBytes, of: bundle, &progress)
                for part in bundle.manifest.parts {
                    try bring(part.name, bundle.parts[part.name] ?? [], of: bundle, &progress)
                }
                return
            } catch {
                guard case .refusedByDevice(Answer.Refusal.Code.chunkMisplaced.rawValue, _) = error else {
                    throw error
                }
                fruitless = progress == before ? fruitless + 1 : 0
                guard fruitless < 8 else { throw error }
            }
        }
    }

    private func bring(
        _ part: BundleManifest.PartName, _ bytes: [UInt8], of bundle: PrincipalsBundle,
        _ progress: inout Answer.Progress
    ) throws(HandOverError) {
        while progress.kept(part) < bytes.count {
            let offset = max(0, progress.kept(part))
            let chunk = Ask.Chunk(
                bundle: bundle.id, part: part, offset: offset,
                bytes: Array(bytes[offset...].prefix(asker.chunkBytes)), digest: digest)
            guard case .progress(let next) = try asker.ask(.put(chunk)), next.kept(part) > offset else {
                throw HandOverError.unexpected(.put)
            }
            progress = next
        }
    }
}
