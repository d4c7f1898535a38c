internal import Processes

/// The `openssl` command with files of its own: another reader and writer of the same formats.
package struct OpenSSLCommand {
    package let directory: TemporaryDirectory

    package init() throws {
        directory = try TemporaryDirectory()
    }

    /// Runs the command with blank-separated words; `…/` in one stands for the directory.
    package func run(
        _ line: String, environment: [String: String] = [:]
    ) throws -> (code: Int32?, output: String, errors: String) {
        let words = line.split(separator: " ").map { String($0).replacing("…/", with: directory.path + "/") }
        let run = try Child.run(
            "/usr/bin/openssl", arguments: words,
            environment: environment.merging(["PATH": "/usr/bin:/bin"]) { $1 }, directory: directory.path,
            input: [], timeout: .seconds(60))
        guard case .exited(let code) = run.status else { return (nil, run.outputText, run.errorsText) }
        return (code, run.outputText, run.errorsText)
    }

    /// Runs the command, which has to end well, and gives its output.
    @discardableResult
    package func output(of line: String, environment: [String: String] = [:]) throws -> String {
        let run = try run(line, environment: environment)
        guard run.code == 0 else { throw Failed(command: "openssl \(line)", errors: run.errors) }
        return run.output
    }

    package struct Failed: Error, CustomStringConvertible {
        let command: String
        let errors: String

        package var description: String { "\(command): \(errors)" }
    }

    package func write(_ text: String, to name: String) throws {
        try Files.writeAtomically(Array(text.utf8), to: directory.file(name))
    }

    package func bytes(_ name: String) throws -> [UInt8] {
        try Files.read(directory.file(name), limit: 1 << 20)
    }
}
