internal import Processes

/// Any video file or network camera, by way of the program `ffmpeg`, which turns it into grey YUV4MPEG2.
package struct FFmpegSource: FrameSource {
    private let program: String
    private let input: String
    private let clock: CameraClock

    /// Network cameras are live, files are read frame by frame.
    package var kind: FrameSourceKind { input.contains("://") ? .live : .recorded }

    /// Without a byte for so long, a network camera is taken to hang.
    private static let patience = Duration.seconds(10)
    private static let retryMilliseconds: Int64 = 2000

    /// - Parameters:
    ///   - program: path of `ffmpeg`.
    ///   - input: a file, or an address such as `rtsp://camera.example/1`.
    ///   - clock: by which live frames are stamped.
    package init(program: String, input: String, clock: CameraClock = .system) {
        self.program = program
        self.input = input
        self.clock = clock
    }

    package func events() -> AsyncStream<CameraEvent> {
        let source = self
        return cameraEvents("muster.ffmpeg") { mailbox, stop in
            switch source.kind {
            case .live: source.keep(mailbox, stop)
            case .recorded, .stills: source.play(to: mailbox, stop)
            }
        }
    }

    /// An address as it may be shown: without user and password.
    package static func withoutPassword(_ input: String) -> String {
        guard let scheme = input.firstRange(of: "://") else { return input }
        let rest = input[scheme.upperBound...]
        let host = rest.prefix { $0 != "/" }
        guard let at = host.lastIndex(of: "@") else { return input }
        return String(input[..<scheme.upperBound] + rest[rest.index(after: at)...])
    }

    private func keep(_ mailbox: Mailbox<CameraEvent>, _ stop: StopSignal) {
        FeedKeeper(mailbox: mailbox, stop: stop, clock: clock, retryMilliseconds: Self.retryMilliseconds)
            .run { () throws(CameraError) in
                let run = try FFmpegRun(program, input, stop, patience: Self.patience)
                return FFmpegFeed(run: run, clock: clock)
            }
    }

    private func play(to mailbox: Mailbox<CameraEvent>, _ stop: StopSignal) {
        do throws(CameraError) {
            let run = try FFmpegRun(program, input, stop, patience: nil)
            var number = 0
            while case .pixels(let pixels)? = try run.next(), let stream = run.stream {
                let time = stream.header.milliseconds(ofFrame: number)
                mailbox.post(.frame(.gray(stream.frame(pixels, number: number, at: time))))
                mailbox.waitUntilTaken()
                number += 1
            }
            mailbox.post(.ended(nil))
        } catch {
            mailbox.post(.ended(error))
        }
    }
}

/// A network camera that is watched.
private struct FFmpegFeed: FrameFeed {
    let run: FFmpegRun
    let clock: CameraClock
    private var number = 0

    init(run: FFmpegRun, clock: CameraClock) {
        self.run = run
        self.clock = clock
    }

    mutating func next(_ stop: StopSignal) throws(CameraError) -> FeedStep {
        switch try run.next() {
        case .pixels(let pixels):
            guard let stream = run.stream else { return .nothing }
            number += 1
            return .picture(.gray(stream.frame(pixels, number: number, at: clock.now())))
        case .late: return .stalled(.stalled(path: run.name))
        // A network camera has no end: its connection has.
        case .end: throw .unplugged(path: run.name)
        case .stopped, nil: return .nothing
        }
    }
}

/// One run of `ffmpeg`; ended when the last reference goes, or with the stop signal.
private final class FFmpegRun {
    /// The input without the password of an address.
    let name: String
    private(set) var stream: Y4MStream?
    private let child: Child

    init(_ program: String, _ input: String, _ stop: StopSignal, patience: Duration?) throws(CameraError) {
        name = FFmpegSource.withoutPassword(input)
        let (output, errors): (Descriptor, Descriptor)
        do throws(SystemError) {
            (child, output, errors) = try Self.start(program, input)
        } catch .missing {
            throw .noFFmpeg(path: name)
        } catch {
            throw .system(error)
        }
        stop.whenStopped { [child] in child.send(.kill) }
        do throws(CameraError) {
            stream = try Y4MStream(RecordingBytes(output, stop: stop, patience: patience), path: name)
        } catch .notAVideo(let path, let reason) {
            let said = Self.lastLine(of: errors)?.replacing(input, with: name)
            throw .notAVideo(path: path, reason: said ?? reason)
        }
    }

    /// The next frame; `nil` when it was stopped before the first.
    func next() throws(CameraError) -> Y4MStream.Step? {
        try stream?.next()
    }

    deinit { _ = try? child.end() }

    /// The child's ends of the pipes are closed here when this returns, so that their end is seen.
    private static func start(
        _ program: String, _ input: String
    ) throws(SystemError) -> (Child, output: Descriptor, errors: Descriptor) {
        let (output, outputEnd) = try Descriptor.pipe()
        let (errors, errorsEnd) = try Descriptor.pipe()
        let transport = input.hasPrefix("rtsp://") ? ["-rtsp_transport", "tcp"] : []
        let child = try Child(
            program,
            arguments: ["-nostdin", "-loglevel", "error"] + transport + [
                "-i", input, "-an", "-pix_fmt", "gray", "-strict", "-1", "-f", "yuv4mpegpipe", "pipe:1",
            ], descriptors: [1: outputEnd, 2: errorsEnd])
        return (child, output, errors)
    }

    /// What it said before it ended. Once there are pictures nobody listens any more, which it does not mind.
    private static func lastLine(of errors: Descriptor) -> String? {
        let said = (try? errors.read(upTo: 4096)) ?? []
        return said.split(separator: 0x0A).last.map { String(decoding: $0, as: UTF8.self) }
    }
}
