import Foundation
import Preview
import Processes
import TestSupport
import Testing

/// A camera that only one program sees: `FakeCamera/README.md`.
final class FakeCamera {
    static let path = "/dev/video77"
    private let home: TemporaryDirectory
    private let format: String

    /// A camera whose frames are `grey`, `yuyv`, `nv12` or `jpeg`.
    init(_ format: String) throws {
        home = try TemporaryDirectory()
        self.format = format
    }

    /// The variables of a program that shall see it.
    func variables(path: String = path) throws -> [String: String] {
        [
            "LD_PRELOAD": try Self.library.get(), "FAKE_CAMERA": path, "FAKE_CAMERA_HOME": home.path,
            "FAKE_CAMERA_FORMAT": format, "FAKE_CAMERA_WIDTH": "\(Samples.width)",
            "FAKE_CAMERA_HEIGHT": "\(Samples.height)",
        ]
    }

    /// What it shows when it is opened the next time.
    func show(_ bytes: [UInt8]) throws {
        try Files.writeAtomically(bytes, to: home.file("frame"))
    }

    /// `unplugged` or `stalled`.
    func set(_ state: String, _ isSet: Bool) throws {
        if isSet {
            try Files.writeAtomically([], to: home.file(state))
        } else {
            try Files.remove(home.file(state))
        }
    }

    /// The controls that were set, one a line.
    var controls: [String] {
        get throws {
            let text = String(decoding: try Files.read(home.file("controls"), limit: 1 << 16), as: UTF8.self)
            return text.split(separator: "\n").map(String.init)
        }
    }

    private static let folder: Result<TemporaryDirectory, any Error> = Result { try TemporaryDirectory() }

    /// Compiled once for all tests.
    private static let library: Result<String, any Error> = Result {
        let library = try folder.get().file("libfakecamera.so")
        let source = Samples.root + "/Tests/CameraTests/FakeCamera/fakecamera.c"
        let run = try Child.run(
            "/usr/bin/env",
            arguments: [
                "clang", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, source, "-ldl",
            ],
            environment: ProcessInfo.processInfo.environment, timeout: .seconds(120))
        guard run.status == .exited(0) else { throw CompilerError(said: run.errorsText) }
        return library
    }

    private struct CompilerError: Error {
        var said: String
    }
}
