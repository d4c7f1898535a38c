import Camera
import Foundation
import Preview
import Synchronization
import TestSupport
import Testing

struct VideoFileTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func file(_ bytes: [UInt8], _ name: String = "video.y4m") throws -> String {
        let path = directory.file(name)
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    /// A clock that stands still but for the pauses that are asked for.
    private static func clock(_ time: Mutex<Int64>.Box) -> CameraClock {
        CameraClock(
            now: { time.value.withLock { $0 } },
            pause: { milliseconds, _ in time.value.withLock { $0 += milliseconds } })
    }

    @Test(arguments: [
        ("mono", 0), ("420jpeg", 4), ("420mpeg2", 4), ("422", 8), ("444", 16), ("444alpha", 24), ("411", 4),
    ]) func `the brightness of each colour space is read, frame by frame`(
        _ space: String, _ colourBytes: Int
    ) async throws {
        let frames = (0..<20).map { flat(UInt8($0)) }
        let path = try file(Samples.y4m(frames, space: space, colourBytes: colourBytes))
        let events = await VideoFileSource(path: path).all()
        #expect(events.compactMap(\.shade) == (0..<20).map { UInt8($0) })
        #expect(events.last == .ended(nil))
    }

    @Test func `frames are stamped with the time of the recording`() async throws {
        let path = try file(Samples.y4m([flat(1), flat(2), flat(3)], rate: "30000:1001"))
        let clock = CameraClock(now: { 5000 }, pause: { _, _ in })
        let times = await VideoFileSource(path: path, clock: clock).all().compactMap { event in
            if case .frame(let picture) = event { picture.capturedAtMilliseconds } else { nil }
        }
        #expect(times == [5000, 5033, 5066])
    }

    @Test func `played as a camera it keeps the pace of the recording`() async throws {
        let time = Mutex<Int64>.Box(Mutex(100))
        let path = try file(Samples.y4m((0..<11).map { flat($0) }, rate: "25:1"))
        let source = VideoFileSource(path: path, pace: .recording, clock: Self.clock(time))
        let events = await source.all()
        #expect(source.kind == .live)
        #expect(time.value.withLock { $0 } == 100 + 10 * 40)
        // Frames may have been dropped, the last one not.
        #expect(events.compactMap(\.shade).last == 10 && events.last == .ended(nil))
    }

    @Test func `looped it begins again until nobody listens`() async throws {
        let path = try file(Samples.y4m([flat(1), flat(2)]))
        var shades: [UInt8] = []
        for await event in VideoFileSource(path: path, isLooped: true).events() {
            if let shade = event.shade { shades.append(shade) }
            if shades.count == 7 { break }
        }
        #expect(shades == [1, 2, 1, 2, 1, 2, 1])
    }

    @Test func `an empty recording ends, looped too`() async throws {
        let path = try file(Array("YUV4MPEG2 W4 H2 F25:1 Cmono\n".utf8))
        #expect(await VideoFileSource(path: path, isLooped: true).all() == [.ended(nil)])
    }

    @Test func `a recording cut at any place gives its whole frames`() async throws {
        let whole = Samples.y4m([flat(1), flat(2)])
        let header = try #require(whole.firstIndex(of: 0x0A)) + 1
        for length in header..<whole.count {
            let events = await VideoFileSource(path: try file(Array(whole.prefix(length)))).all()
            #expect(events.compactMap(\.shade) == (length < header + 14 ? [] : [1]), "cut at \(length)")
            #expect(events.last == .ended(nil))
        }
    }

    @Test(arguments: [
        "", "RIFF", "YUV4MPEG2", "YUV4MPEG2 W4", "YUV4MPEG2 W0 H2", "YUV4MPEG2 W-4 H2",
        "YUV4MPEG2 W90000 H90000",
        "YUV4MPEG2 W4 H2 F0:1", "YUV4MPEG2 W4 H2 F-1:1", "YUV4MPEG2 W4 H2 F9999:1", "YUV4MPEG2 W4 H2 C420p10",
        "YUV4MPEG2 W9223372036854775807 H9223372036854775807",
    ]) func `a header that cannot be is refused with its reason`(_ header: String) async throws {
        let path = try file(Array((header + "\n").utf8))
        let events = await VideoFileSource(path: path).all()
        guard case .ended(.notAVideo(path, let reason)?) = events.first else {
            Issue.record("\(events)")
            return
        }
        #expect(!reason.isEmpty && events.count == 1)
    }

    @Test func `no file is said`() async {
        let path = directory.file("none.y4m")
        #expect(await VideoFileSource(path: path).all() == [.ended(.missing(path: path))])
    }

    @Test func `a cancelled reader ends a looped recording`() async throws {
        let source = VideoFileSource(path: try file(Samples.y4m([flat(1)])), isLooped: true)
        let (first, started) = AsyncStream<Void>.makeStream()
        let reading = Task {
            for await _ in source.events() { started.yield() }
        }
        for await _ in first { break }
        reading.cancel()
        await reading.value
    }
}

extension Mutex where Value == Int64 {
    /// A reference to a mutex.
    final class Box: Sendable {
        let value: Mutex<Int64>
        init(_ value: consuming sending Mutex<Int64>) { self.value = value }
    }
}
