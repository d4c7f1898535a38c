import Credentials
import Model
import Processes
import TestSupport
import Testing

/// The `openssl` command with files of its own: another reader and writer of the same formats.
struct OpenSSLCommand {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Runs the command with blank-separated words; `…/` in one stands for the directory.
    func run(_ line: String) throws -> (code: Int32?, output: String, errors: String) {
        let words = line.split(separator: " ").map { String($0).replacing("…/", with: directory.path + "/") }
        let run = try Child.run(
            "/usr/bin/openssl", arguments: words, environment: ["PATH": "/usr/bin:/bin"],
            directory: directory.path, input: [], timeout: .seconds(60))
        guard case .exited(let code) = run.status else { return (nil, run.outputText, run.errorsText) }
        return (code, run.outputText, run.errorsText)
    }

    /// Runs the command, which has to end well, and gives its output.
    @discardableResult
    func output(of line: String) throws -> String {
        let run = try run(line)
        try #require(run.code == 0, "openssl \(line): \(run.errors)")
        return run.output
    }

    func write(_ text: String, to name: String) throws {
        try Files.writeAtomically(Array(text.utf8), to: directory.file(name))
    }

    func bytes(_ name: String) throws -> [UInt8] {
        try Files.read(directory.file(name), limit: 1 << 20)
    }
}

extension Timestamp {
    /// The moment at which everything in these tests happens.
    static let noon = Timestamp(milliseconds: 1_790_000_000_000)
}
