internal import Model
internal import Preview
internal import ScanProtocol
package import Scanning

/// Reads labels from a source of pictures: each picture is shown, the newest is decoded, and a symbol on
/// which frames agree is scanned.
///
/// Decoding goes on beside the pictures, one frame at a time; of a live source the frames that come meanwhile
/// are shown only.
package actor CameraScanner {
    private let source: any FrameSource
    private let scanner: Scanner
    private let mailbox = Mailbox<CameraNews>()
    private var agreement: FrameAgreement
    /// The newest frame that waits for the decoder.
    private var newest: CameraPicture?
    private var decoding: Task<Void, Never>?
    private var outlines: [[Point]] = []
    private var hints: [PictureHint] = []
    private var decodedFrames = 0
    private var damagedInARow = 0
    private var isOver = false

    /// Of live frames, every eighth is looked at thoroughly: that takes several times as long.
    private static let thoroughEvery = 8
    /// So many damaged frames in a row are worth a word.
    private static let damagedFramesToTell = 30

    /// - Parameters:
    ///   - source: started by `news`.
    ///   - scanner: decodes for this reader alone; its owner stops it afterwards.
    package init(source: any FrameSource, scanner: Scanner) {
        self.source = source
        self.scanner = scanner
        let framesNeeded = source.kind == .stills ? 1 : 2
        agreement = FrameAgreement(framesNeeded: framesNeeded)
    }

    /// Starts the source. To be called once; everything ends when the reading task is cancelled or the
    /// stream is let go.
    package func news() -> AsyncStream<CameraNews> {
        let reading = Task { await read() }
        return mailbox.stream { reading.cancel() }
    }

    private func read() async {
        for await event in source.events() {
            switch event {
            case .frame(let picture): await see(picture)
            case .lost(let error), .stalled(let error): mailbox.post(.trouble(error.explanation))
            case .recovered: mailbox.post(.recovered)
            case .ended(let error):
                await decoding?.value
                end(error?.explanation)
            }
            if isOver { break }
        }
        newest = nil
        mailbox.close()
    }

    private func end(_ reason: Explanation?) {
        guard !isOver else { return }
        isOver = true
        mailbox.post(.ended(reason))
        mailbox.close()
    }

    // MARK: Frames

    private func see(_ picture: CameraPicture) async {
        guard source.kind == .live else {
            await decode(picture)
            return
        }
        if case .gray(let frame) = picture { show(frame) }
        newest = picture
        if decoding == nil { decoding = Task { await decodeNewest() } }
    }

    private func decodeNewest() async {
        while let picture = newest, !isOver {
            newest = nil
            await decode(picture)
        }
        decoding = nil
    }

    private func show(_ frame: GrayFrame) {
        mailbox.replace(.preview(CameraPreview(frame: frame, outlines: outlines, hints: hints)))
    }

    // MARK: Decoding

    private func decode(_ picture: CameraPicture) async {
        decodedFrames += 1
        let isQuick = source.kind == .live && decodedFrames % Self.thoroughEvery != 0
        let (bytes, copySide) =
            switch picture {
            case .gray(let frame): (frame.portableGrayMap, 0)
            case .encoded(let frame): (frame.bytes, PictureWish.mostCopySide)
            }
        let wish = PictureWish(effort: isQuick ? .quick : .thorough, copySide: copySide)
        do throws(ScanError) {
            take(try await scanner.scan(bytes, wish: wish), of: picture)
            damagedInARow = 0
        } catch {
            tell(error)
        }
    }

    private func take(_ reading: ScannedPicture, of picture: CameraPicture) {
        guard let frame = frame(of: picture, reading) else { return }
        outlines = reading.symbols.map { symbol in
            symbol.points.map {
                Point(x: $0.x * frame.width / reading.width, y: $0.y * frame.height / reading.height)
            }
        }
        hints = PictureHint.hints(frame: frame, symbols: reading.symbols)
        if source.kind != .live || picture.isEncoded { show(frame) }
        let scanned = agreement.see(reading.symbols, at: picture.capturedAtMilliseconds)
        if !scanned.isEmpty { mailbox.post(.scanned(scanned)) }
    }

    /// The picture in grey: itself, or the copy that the worker made of it.
    private func frame(of picture: CameraPicture, _ reading: ScannedPicture) -> GrayFrame? {
        switch picture {
        case .gray(let frame): return frame
        case .encoded(let encoded):
            guard let copy = reading.copy, reading.width > 0, reading.height > 0 else { return nil }
            return GrayFrame(
                width: copy.width, height: copy.height, pixels: copy.pixels, sequence: encoded.sequence,
                capturedAtMilliseconds: encoded.capturedAtMilliseconds)
        }
    }

    private func tell(_ error: ScanError) {
        switch error {
        case .workerMissing, .unconfined: end(error.explanation)
        case .workerCrashed, .workerForbidden, .timedOut, .notAFile, .unreadable:
            mailbox.post(.trouble(error.explanation))
        case .notAPicture, .tooLarge, .corrupt:
            // Cameras send a damaged frame now and then; a folder's picture stands for itself.
            guard source.kind == .live else { return mailbox.post(.trouble(error.explanation)) }
            damagedInARow += 1
            guard damagedInARow == Self.damagedFramesToTell else { return }
            mailbox.post(.trouble(CameraError.damagedFrames.explanation))
        }
    }
}

extension CameraPicture {
    fileprivate var isEncoded: Bool {
        if case .encoded = self { true } else { false }
    }
}
