package import HandOver
package import Model
package import Processes

/// A device that speaks the hand-over protocol on a serial line.
package final class LineLink: HandOverLink {
    /// How long and how often is asked: most answers come within milliseconds, and a device that writes to
    /// slow flash takes seconds, so each silence is waited out twice as long as the one before. Where every
    /// second line is hit, forty tries fail once in 10^12.
    package struct Patience: Sendable {
        /// The first silence.
        package var answer: Duration
        package var tries: Int
        /// Silences one after the other, after which nobody is there.
        package var silentTries: Int

        package init(answer: Duration = .milliseconds(750), tries: Int = 40, silentTries: Int = 4) {
            self.answer = answer
            self.tries = tries
            self.silentTries = silentTries
        }
    }

    package let name: String
    package var canAsk: Bool { true }
    private let line: SerialLine
    private let baud: Int
    private let patience: Patience
    private let digest: DigestFunction
    private var reader = LineReader()
    private var sequence = 0
    /// Bytes of the next chunk: less where lines are hit, more where they are not.
    private var chunkBytes = HandOverLimits.chunkBytes

    package init(
        _ line: SerialLine, name: String, baud: Int?, patience: Patience = Patience(),
        digest: @escaping DigestFunction
    ) {
        self.line = line
        self.name = name
        self.baud = baud ?? 115_200
        self.patience = patience
        self.digest = digest
    }

    package func hello() throws(HandOverError) -> DeviceAnnouncement {
        guard case .hello(let announcement) = try ask(.hello) else { throw unexpected(.hello) }
        return announcement
    }

    package func request(nonce: [UInt8]) throws(HandOverError) -> SignedRequest {
        guard case .request(let request) = try ask(.request(Ask.Nonce(nonce))) else {
            throw unexpected(.request)
        }
        return request
    }

    package func install(
        _ bundle: PrincipalsBundle, nonce: [UInt8]
    ) throws(HandOverError) -> Installation {
        try bring(bundle)
        guard case .contents(let shown) = try ask(.verify(Ask.Named(bundle.id, nonce: nonce))) else {
            throw unexpected(.verify)
        }
        return .shown(contents: shown.contents)
    }

    package func activate(_ bundle: PayloadHash, nonce: [UInt8]) throws(HandOverError) -> Activation {
        guard case .active(let active) = try ask(.activate(Ask.Named(bundle, nonce: nonce))),
            active.bundle == bundle
        else { throw unexpected(.activate) }
        return .switched
    }

    package func confirm(
        _ bundle: PayloadHash, nonce: [UInt8]
    ) throws(HandOverError) -> InstallationProof? {
        guard case .proof(let proof) = try ask(.confirm(Ask.Named(bundle, nonce: nonce))) else {
            throw unexpected(.confirm)
        }
        return proof
    }

    // MARK: Chunks

    /// Offers are bounded: each that is needed again has brought at least one chunk, or is one of eight.
    private func bring(_ bundle: PrincipalsBundle) throws(HandOverError) {
        let offer = Ask.Offer(bundle: bundle.id, sizeBytes: bundle.manifestBytes.count)
        var fruitless = 0
        while true {
            guard case .progress(var progress) = try ask(.offer(offer)) else {
                throw unexpected(.offer)
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
                bytes: Array(bytes[offset...].prefix(chunkBytes)), digest: digest)
            guard case .progress(let next) = try ask(.put(chunk)), next.kept(part) > offset else {
                throw unexpected(.put)
            }
            progress = next
        }
    }

    // MARK: One ask

    private enum Heard {
        case answer(Answer)
        case damaged
        case silence
    }

    /// Asks until there is an answer; a refusal is thrown.
    private func ask(_ ask: Ask) throws(HandOverError) -> Answer {
        sequence += 1
        let bytes = try ProtocolLine.encode(NumberedAsk(sequence: sequence, ask: ask))
        var silent = 0
        for attempt in 0..<patience.tries {
            switch try heard(afterSending: bytes, silences: silent) {
            case .answer(.refusal(let refusal)):
                throw .refusedByDevice(code: refusal.code.rawValue, what: refusal.what)
            case .answer(let answer):
                let isClean = attempt == 0
                chunkBytes = min(HandOverLimits.chunkBytes, isClean ? chunkBytes + 16 : chunkBytes)
                return answer
            case .damaged: silent = 0
            case .silence:
                silent += 1
                if silent == patience.silentTries { throw .noAnswer(link: name) }
            }
            chunkBytes = max(HandOverLimits.smallestChunkBytes, chunkBytes / 2)
        }
        throw .noAnswer(link: name)
    }

    private func heard(
        afterSending bytes: [UInt8], silences: Int
    ) throws(HandOverError) -> Heard {
        // Ten bits a byte, both ways, with room for a large answer.
        let wire = Duration.milliseconds((bytes.count + HandOverLimits.lineBytes / 2) * 10_000 / baud)
        let deadline = Deadline(after: patience.answer * (1 << silences) + wire)
        do throws(SystemError) {
            try line.write(bytes, by: deadline)
            while !deadline.hasPassed {
                for found in reader.take(try line.read(upTo: 4096, by: deadline)) {
                    if let heard = heard(found) { return heard }
                }
            }
            return .silence
        } catch {
            switch error {
            case .timedOut: return .silence
            case .disconnected: throw .linkLost(link: name)
            case .missing, .notPermitted, .diskFull, .tooLarge, .failed:
                throw .linkUnusable(link: name, reason: "cannot be used: \(error.explanation.what)")
            }
        }
    }

    /// `nil` for what is passed over: an answer to an earlier ask, the echo of our own line.
    private func heard(_ found: LineReader.Found) -> Heard? {
        guard case .line(let json) = found else { return .damaged }
        guard let answer = try? CanonicalJSON.decode(NumberedAnswer.self, from: json) else { return nil }
        if case .again = answer.answer { return .damaged }
        return answer.sequence == sequence ? .answer(answer.answer) : nil
    }

    private func unexpected(_ kind: Ask.Kind) -> HandOverError {
        .lineUnreadable("the answer to `\(kind.rawValue)` must be of its kind")
    }
}
