import Foundation
import Processes
import TestSupport
import Testing

/// The real programs, run in a home of their own.
final class Home: Sendable {
    let directory: TemporaryDirectory
    let variables: [String: String]

    init(_ variables: [String: String] = [:]) throws {
        directory = try TemporaryDirectory()
        self.variables = [
            "PATH": "\(Self.programs):/usr/bin:/bin", "HOME": directory.path, "USER": "jk", "LANG": "C.UTF-8",
            "XDG_STATE_HOME": directory.path + "/state", "TMPDIR": directory.path,
        ].merging(variables) { $1 }
    }

    /// Where the programs are built, beside the tests.
    static var programs: String {
        URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path
    }

    /// The source directory of the package.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    static func sample(_ name: String) -> String { root + "/Assets/labels/" + name }

    /// Runs a program to its end.
    @discardableResult
    func run(
        _ arguments: [String], program: String = "muster", input: String = "",
        timeout: Duration = .seconds(60)
    ) throws -> Finished {
        let run = try Child.run(
            Self.programs + "/" + program, arguments: arguments, environment: variables,
            directory: directory.path, input: Array(input.utf8), timeout: timeout)
        return Finished(run)
    }

    func muster(_ line: String, input: String = "") throws -> Finished {
        try run(line.split(separator: " ").map(String.init), input: input)
    }

    func registrar(_ line: String) throws -> Finished {
        try run(line.split(separator: " ").map(String.init), program: "muster-registrar")
    }

    /// Runs a line of shell in the home.
    func shell(_ line: String, timeout: Duration = .seconds(60)) throws -> Finished {
        Finished(
            try Child.run(
                "/bin/bash", arguments: ["-c", line], environment: variables, directory: directory.path,
                timeout: timeout))
    }

    func write(_ text: String, to name: String) throws -> String {
        let path = directory.file(name)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    func contents(_ name: String) throws -> String {
        try String(contentsOfFile: directory.file(name), encoding: .utf8)
    }
}

/// What a program left behind.
struct Finished {
    var code: Int32?
    var output: String
    var errors: String

    init(_ run: CapturedRun) {
        if case .exited(let code) = run.status { self.code = code }
        output = run.outputText
        errors = run.errorsText
    }

    /// The output as JSON Lines.
    var objects: [[String: Any]] {
        get throws {
            try output.split(separator: "\n").map { line in
                let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                return try #require(value as? [String: Any])
            }
        }
    }
}

/// A running `muster-registrar serve`.
final class Server: Sendable {
    let port: String
    private let child: Child

    init(_ home: Home, directory: String, listen: String = "127.0.0.1:0") throws {
        let (child, reading) = try Self.start(home, ["serve", "--directory", directory, "--listen", listen])
        self.child = child
        var said: [UInt8] = []
        while !said.contains(0x0A) {
            let bytes = try reading.read(upTo: 256)
            if bytes.isEmpty { break }
            said += bytes
        }
        let line = String(decoding: said, as: UTF8.self)
        port = try #require(line.split(separator: ":").last).trimmingCharacters(in: .newlines)
        try #require(line.hasPrefix("listening on"))
    }

    /// The child's end of the pipe is closed here when this returns, so that its end is seen.
    private static func start(_ home: Home, _ arguments: [String]) throws -> (Child, Descriptor) {
        let (reading, writing) = try Descriptor.pipe()
        let child = try Child(
            Home.programs + "/muster-registrar", arguments: arguments, environment: home.variables,
            descriptors: [1: writing], directory: home.directory.path)
        return (child, reading)
    }

    func stop() throws {
        child.send(.terminate)
        _ = try child.wait()
    }

    deinit { _ = try? child.end() }
}
