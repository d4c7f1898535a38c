internal import Credentials
package import HandOver
internal import Model
internal import Processes

extension SimulatedDevice {
    /// Answers one ask. What goes wrong on the device is a refusal; it works on with what it had.
    package func answer(_ ask: Ask) -> Answer {
        do {
            switch ask {
            case .hello: return .hello(try announcement)
            case .request(let body): return try answer(body)
            case .offer(let body): return try answer(body)
            case .put(let chunk): return try answer(chunk)
            case .verify(let body): return try verify(body)
            case .activate(let body): return try activate(body)
            case .confirm(let body): return try confirm(body)
            case .connection(let body): return try lastConnection(body)
            }
        } catch SystemError.diskFull {
            return refusal(.noRoom, "the device's memory is full")
        } catch let error as any Explained {
            return refusal(.failed, error.explanation.what)
        } catch { return refusal(.failed, "\(error)") }
    }

    private func refusal(_ code: Answer.Refusal.Code, _ what: String) -> Answer {
        .refusal(Answer.Refusal(code, what))
    }

    private func answer(_ body: Ask.Nonce) throws -> Answer {
        let der = try request().der
        guard let nonce = Base64.decodeURL(body.nonce), nonce.count == ProofMessage.nonceBytes else {
            return refusal(.unknownAsk, "a nonce must have \(ProofMessage.nonceBytes) bytes")
        }
        let message = ProofMessage.request(
            nonce: nonce, name: try announcement.name, request: PayloadHash(digest: Digest.sha256(der)))
        let signature = try signature(over: message)
        let identity = try disk.makerIdentity()?.key.sign(
            ProofMessage.identity(
                nonce: nonce, name: try announcement.name, request: PayloadHash(digest: Digest.sha256(der))))
        cut(.request)
        return .request(SignedRequest(request: der, signature: signature, identitySignature: identity))
    }

    /// A new offer takes the place of one that was never finished.
    private func answer(_ body: Ask.Offer) throws -> Answer {
        guard (1...HandOverLimits.manifestBytes).contains(body.sizeBytes) else {
            return refusal(.manifestUnreadable, "it must have 1 to \(HandOverLimits.manifestBytes) bytes")
        }
        try disk.forget(.arriving, but: body.bundle)
        cut(.offer)
        return try progress(body.bundle)
    }

    /// What is kept of each part; of the manifest alone while it is not whole.
    private func progress(_ id: PayloadHash) throws -> Answer {
        let isThere = try disk.manifest(.bundles, id) != nil
        let bytes = try disk.manifest(isThere ? .bundles : .arriving, id) ?? []
        var kept: [BundleManifest.PartName: Int] = [.manifest: bytes.count]
        guard PayloadHash(digest: Digest.sha256(bytes)) == id else {
            return .progress(Answer.Progress(bundle: id, kept: kept))
        }
        for part in try BundleManifest.read(bytes).parts {
            let has = try disk.part(part.name, .arriving, id)?.count ?? 0
            kept[part.name] = isThere || hides(part.name) ? part.sizeBytes : has
        }
        return .progress(Answer.Progress(bundle: id, kept: kept))
    }

    private func hides(_ part: BundleManifest.PartName) -> Bool { lie == .halfInstall && part == .trust }

    /// How many bytes a part may have; `nil` for one of a bundle whose manifest is not whole.
    private func limit(_ chunk: Ask.Chunk) throws -> Int? {
        guard chunk.part != .manifest else { return HandOverLimits.manifestBytes }
        let manifest = try disk.manifest(.arriving, chunk.bundle) ?? []
        guard PayloadHash(digest: Digest.sha256(manifest)) == chunk.bundle else { return nil }
        return try BundleManifest.read(manifest).part(chunk.part)?.sizeBytes
    }

    private func answer(_ chunk: Ask.Chunk) throws -> Answer {
        guard let limit = try limit(chunk) else {
            return refusal(.bundleUnknown, "the manifest must be whole before its parts")
        }
        guard let bytes = chunk.bytes(digest: Digest.sha256), !bytes.isEmpty else {
            return refusal(.chunkDamaged, "length or hash must fit the bytes")
        }
        let kept = try disk.part(chunk.part, .arriving, chunk.bundle) ?? []
        let end = chunk.offset.addingReportingOverflow(bytes.count)
        guard chunk.offset >= 0, !end.overflow, end.partialValue <= limit else {
            return refusal(.chunkMisplaced, "the chunk must lie within the part")
        }
        // The answer to this chunk was lost, and it is sent again.
        if end.partialValue <= kept.count { return try progress(chunk.bundle) }
        guard chunk.offset == kept.count else {
            return refusal(.chunkMisplaced, "the next chunk must begin at \(kept.count)")
        }
        try disk.keep(kept + bytes, as: chunk.part, .arriving, chunk.bundle)
        cut(.put)
        return try progress(chunk.bundle)
    }

    private func verify(_ body: Ask.Named) throws -> Answer {
        guard let nonce = Base64.decodeURL(body.nonce) else { return refusal(.unknownAsk, "no nonce") }
        if lie == .halfInstall { return .contents(Answer.Contents(contents: try halfContents(body, nonce))) }
        if let there = try disk.bundle(.bundles, body.bundle) {
            return .contents(Answer.Contents(contents: there.contents(nonce: nonce, digest: Digest.sha256)))
        }
        let arrived: PrincipalsBundle
        do {
            guard let found = try disk.bundle(.arriving, body.bundle) else {
                return refusal(.bundleUnknown, "the bundle was not offered")
            }
            arrived = found
        } catch HandOverError.partDamaged(let part) {
            // It begins anew: bytes that do not fit are worth nothing.
            try disk.forget(.arriving, but: nil)
            return refusal(.bundleIncomplete, "\(part) is not whole")
        }
        if let objection = try check(arrived) { return .refusal(objection) }
        try keep(arrived)
        // What counts is what can be read back.
        guard let there = try disk.bundle(.bundles, body.bundle) else {
            return refusal(.failed, "the bundle cannot be read back")
        }
        return .contents(Answer.Contents(contents: there.contents(nonce: nonce, digest: Digest.sha256)))
    }

    /// What a device can tell that threw the root away.
    private func halfContents(_ body: Ask.Named, _ nonce: [UInt8]) throws -> PayloadHash {
        let manifest = try disk.manifest(.arriving, body.bundle) ?? []
        let certificate = try disk.part(.certificate, .arriving, body.bundle) ?? []
        return PayloadHash(digest: Digest.sha256(nonce + manifest + certificate))
    }

    private func activate(_ body: Ask.Named) throws -> Answer {
        if lie != .halfInstall, let objection = try activate(body.bundle) { return .refusal(objection) }
        return .active(Answer.Active(bundle: body.bundle))
    }

    private func confirm(_ body: Ask.Named) throws -> Answer {
        guard let nonce = Base64.decodeURL(body.nonce) else { return refusal(.unknownAsk, "no nonce") }
        if lie == .halfInstall {
            return .proof(try signedProof(body.bundle, try halfContents(body, nonce), nonce))
        }
        guard let proof = try proof(body.bundle, nonce: nonce) else {
            return refusal(.bundleUnknown, "the device does not work with this bundle")
        }
        return .proof(proof)
    }
}
