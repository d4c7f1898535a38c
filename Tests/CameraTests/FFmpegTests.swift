import Camera
import Foundation
import Processes
import TestSupport
import Testing

/// Other videos by way of `ffmpeg`; a shell script stands for it.
@Suite struct FFmpegTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        try Data(Samples.y4m([flat(1), flat(2), flat(3)])).write(to: URL(filePath: directory.file("out.y4m")))
    }

    /// A program named `ffmpeg` that does this.
    private func program(_ script: String) throws -> String {
        let path = directory.file("ffmpeg")
        try Files.writeAtomically(
            Array("#!/bin/sh\ncd \(directory.path)\n\(script)\n".utf8), to: path, mode: 0o700)
        return path
    }

    @Test func `a file is turned into grey frames, all of which arrive`() async throws {
        let program = try program(#"printf '%s\n' "$@" > arguments; /bin/cat out.y4m"#)
        let source = FFmpegSource(program: program, input: "/videos/labels.mp4")
        let events = await source.all()
        #expect(source.kind == .recorded)
        #expect(events.compactMap(\.shade) == [1, 2, 3] && events.last == .ended(nil))
        let arguments = try String(contentsOfFile: directory.file("arguments"), encoding: .utf8)
        #expect(arguments.contains("-i\n/videos/labels.mp4\n") && arguments.contains("-pix_fmt\ngray\n"))
    }

    @Test func `what it complains of is the reason`() async throws {
        let program = try program("echo 'moov atom not found' >&2; exit 1")
        let events = await FFmpegSource(program: program, input: "a.mp4").all()
        #expect(events == [.ended(.notAVideo(path: "a.mp4", reason: "moov atom not found"))])
    }

    @Test func `no password of an address is shown`() async throws {
        let address = "rtsp://admin:s3cret@camera.example/1"
        let program = try program(#"echo "$7: refused" >&2; exit 1"#)
        let events = await FFmpegSource(program: program, input: address).all()
        let name = "rtsp://camera.example/1"
        #expect(events == [.ended(.notAVideo(path: name, reason: "\(name): refused"))])
        let missing = await FFmpegSource(program: "/nowhere/ffmpeg", input: address).all()
        #expect(missing == [.ended(.noFFmpeg(path: name))])
    }

    @Test func `a network camera whose connection breaks is asked again`() async throws {
        let program = try program("/bin/cat out.y4m")
        let clock = CameraClock(now: { 0 }, pause: { _, _ in })
        var seen: [CameraEvent] = []
        for await event in FFmpegSource(program: program, input: "rtsp://camera.example/1", clock: clock)
            .events()
        {
            if case .frame = event { continue }
            seen.append(event)
            if seen.count == 4 { break }
        }
        let lost = CameraEvent.lost(.unplugged(path: "rtsp://camera.example/1"))
        #expect(seen == [lost, .recovered, lost, .recovered])
    }

    @Test func `a program that never ends goes when nobody listens`() async throws {
        let program = try program("echo $$ > pid; /bin/cat out.y4m; exec /bin/sleep 100000")
        for await event in FFmpegSource(program: program, input: "a.mp4").events() where event.shade == 2 {
            break
        }
        let pid = try #require(
            Int32(try String(contentsOfFile: directory.file("pid"), encoding: .utf8).dropLast()))
        // Ended and collected on its own thread, soon after: looked for until it is gone.
        while kill(pid, 0) == 0 { await Task.yield() }
    }

    @Test func `without ffmpeg the package is named`() throws {
        let video = directory.file("labels.mp4")
        try Data([0]).write(to: URL(filePath: video))
        let muster = try RunningMuster(["scan", "--camera", video], ["PATH": directory.path])
        #expect(try muster.exit() == .exited(69))
        #expect(muster.lines.contains { $0.contains("Install the package `ffmpeg`") })
    }
}
