import Camera
import Foundation
import Model
import Preview
import Processes
import Scanning
import TestSupport
import Testing

/// Recordings and folders read as a camera, with the real decode worker.
@Suite struct CameraScannerTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func scanner() -> Scanning.Scanner {
        Scanning.Scanner(worker: Samples.programs + "/muster-decode", timeout: .seconds(60))
    }

    private func recording(_ frames: [GrayFrame], rate: String = "10:1") throws -> String {
        let path = directory.file("labels.y4m")
        try Data(Samples.y4m(frames, rate: rate)).write(to: URL(filePath: path))
        return path
    }

    private func news(_ source: any FrameSource, _ scanner: Scanning.Scanner) async -> [CameraNews] {
        var all: [CameraNews] = []
        for await news in await CameraScanner(source: source, scanner: scanner).news() { all.append(news) }
        return all
    }

    private func texts(_ news: [CameraNews]) -> [String] {
        news.flatMap { news -> [String] in
            guard case .scanned(let symbols) = news else { return [] }
            return symbols.map { String(decoding: $0.bytes, as: UTF8.self) }
        }
    }

    @Test func `each label of a recording is scanned once, and again when it comes back`() async throws {
        let (gateway, json) = (try Samples.frame("gs1-gateway.png"), try Samples.frame("json-gateway.jpg"))
        let away = [GrayFrame](repeating: Samples.table, count: 3)
        let path = try recording(
            [gateway, gateway, gateway, json] + away + [json, json, gateway, gateway], rate: "2:1")
        let news = await news(VideoFileSource(path: path), scanner())
        let serials = texts(news).map { $0.contains("NJG-000808") ? "json" : $0 }
        #expect(serials == ["010950110153000321NGW-000202", "json", "010950110153000321NGW-000202"])
        #expect(news.last == .ended(nil))
    }

    @Test func `a preview has the outlines of what is in view, and hints where nothing is read`() async throws
    {
        let label = try Samples.frame("json-gateway.jpg")
        let dark = GrayFrame(width: label.width, height: label.height, pixels: label.pixels.map { $0 / 6 })
        let path = try recording([label, dark])
        let previews = await news(VideoFileSource(path: path), scanner()).compactMap { news in
            if case .preview(let preview) = news { preview } else { nil }
        }
        let last = try #require(previews.last)
        #expect(last.frame.pixels == dark.pixels)
        if let first = previews.first, first.frame.pixels == label.pixels {
            #expect(first.hints.isEmpty && first.outlines.first?.count == 4)
        }
        // The worker may read what a person cannot see: then there is nothing to say.
        #expect(last.outlines.isEmpty == (last.hints == [.tooDark]))
    }

    @Test func `a folder of pictures is read picture by picture, and a broken one is named`() async throws {
        for file in ["gs1-gateway.png", "json-gateway.jpg", "keyvalue-camera.webp"] {
            try Data(Samples.bytes(file)).write(to: URL(filePath: directory.file(file)))
        }
        try Data("no picture".utf8).write(to: URL(filePath: directory.file("broken.png")))
        let names = [
            "README.md", "json-gateway.jpg", "gs1-gateway.png", "broken.png", "keyvalue-camera.webp",
        ]
        let news = await news(PictureFolderSource(directory: directory.path, names: names), scanner())
        #expect(texts(news).count == 3)
        #expect(news.contains(.trouble(ScanError.notAPicture.explanation)))
        #expect(news.last == .ended(nil))
    }

    @Test func `without a worker it ends with the reason`() async throws {
        let path = try recording([Samples.table, Samples.table])
        let missing = Scanning.Scanner(worker: "/nowhere/muster-decode", timeout: .seconds(60))
        let news = await news(VideoFileSource(path: path, isLooped: true), missing)
        #expect(news == [.ended(ScanError.workerMissing(path: "/nowhere/muster-decode").explanation)])
    }

    @Test func `a worker that crashes is a trouble of that frame, not of the next`() async throws {
        let path = try recording([Samples.table, Samples.table])
        let news = await news(
            VideoFileSource(path: path), Scanning.Scanner(worker: "/bin/false", timeout: .seconds(60)))
        let trouble = CameraNews.trouble(ScanError.workerCrashed.explanation)
        #expect(news == [trouble, trouble, .ended(nil)])
    }

    /// A camera that gives what the test hands it.
    private struct HandFed: FrameSource {
        let given: AsyncStream<CameraEvent>
        var kind: FrameSourceKind { .live }
        func events() -> AsyncStream<CameraEvent> { given }
    }

    @Test func `a live source is shown while its frames are decoded, and scanned when two agree`()
        async throws
    {
        let label = try Samples.frame("gs1-gateway.png")
        let (given, feed) = AsyncStream<CameraEvent>.makeStream()
        feed.yield(.frame(.gray(label)))
        var scanned: [Symbol] = []
        for await news in await CameraScanner(source: HandFed(given: given), scanner: scanner()).news() {
            // Each picture that was shown brings the next.
            if case .preview = news { feed.yield(.frame(.gray(label))) }
            if case .scanned(let symbols) = news {
                scanned = symbols
                break
            }
        }
        #expect(scanned.map(\.symbology) == [.datamatrix])
    }

    @Test func `troubles of a camera are passed on in order`() async throws {
        let (given, feed) = AsyncStream<CameraEvent>.makeStream()
        let (lost, stalled) = (
            CameraError.unplugged(path: "/dev/video0"), CameraError.stalled(path: "/dev/video0")
        )
        for event in [CameraEvent.lost(lost), .recovered, .stalled(stalled), .ended(lost)] {
            feed.yield(event)
        }
        let news = await news(HandFed(given: given), scanner())
        #expect(
            news == [
                .trouble(lost.explanation), .recovered, .trouble(stalled.explanation),
                .ended(lost.explanation),
            ])
    }

    @Test func `damaged frames of a camera are a trouble only when they do not end`() async throws {
        let (given, feed) = AsyncStream<CameraEvent>.makeStream()
        let damaged = EncodedFrame(bytes: [0xFF, 0xD8, 0xFF], sequence: 0, capturedAtMilliseconds: 0)
        let good = EncodedFrame(
            bytes: try Samples.bytes("json-gateway.jpg"), sequence: 0, capturedAtMilliseconds: 0)
        feed.yield(.frame(.encoded(damaged)))
        feed.yield(.frame(.encoded(good)))
        feed.yield(.ended(nil))
        let news = await news(HandFed(given: given), scanner())
        #expect(news.last == .ended(nil))
        #expect(!news.contains(.trouble(CameraError.damagedFrames.explanation)))
        // The newest frame is decoded in any case, and shown as the worker's grey copy.
        let preview = news.compactMap { if case .preview(let preview) = $0 { preview } else { nil } }.last
        #expect(preview?.frame.width == 640 && preview?.outlines.count == 1)
    }

    // MARK: On the command line

    @Test func `a recording on the command line prints each label as files do`() throws {
        let label = try Samples.frame("gs1-gateway.png")
        let path = try recording([label, label, Samples.table])
        let muster = try RunningMuster(["scan", "--json", "--camera", path])
        #expect(try muster.exit() == .exited(0))
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(muster.lines[0].utf8)) as? [String: Any])
        #expect(Set(object.keys) == ["file", "symbology", "text", "bytes", "points", "label"])
        #expect((object["label"] as? [String: Any])?["format"] != nil)
        #expect(muster.lines.count == 1)
    }

    @Test func `a recording that ends too soon is no success`() throws {
        let label = try Samples.frame("gs1-gateway.png")
        let path = try recording([label, label])
        let muster = try RunningMuster(["scan", "--camera", path, "--count", "2"])
        #expect(try muster.exit() == .exited(1))
        #expect(muster.lines.contains { $0.contains("1 of 2") })
    }

    @Test func `secrets of a label before a camera are not shown`() throws {
        let label = try Samples.frame("lorawan-sensor.jpg")
        let path = try recording([label, label])
        let muster = try RunningMuster(["scan", "--json", "--camera", path])
        #expect(try muster.exit() == .exited(0))
        #expect(muster.lines.contains { $0.contains("NLS-000101") })
        #expect(!muster.lines.contains { $0.contains("C7F2A94D") })
    }

    @Test(arguments: [
        (["--camera", "/nowhere/x.y4m"], 69), (["--camera", "0", "file.png"], 64), ([], 64),
        (["--camera", "0", "--count", "none"], 64), (["--camera", "0", "--timeout", "0"], 64),
    ]) func `what cannot be is refused`(_ options: [String], _ code: Int) throws {
        #expect(try RunningMuster(["scan"] + options).exit() == .exited(Int32(code)))
    }
}
