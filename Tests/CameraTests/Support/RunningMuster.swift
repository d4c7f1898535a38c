import Foundation
import Processes
import TestSupport
import Testing

/// The real `muster`, reading from a camera; what it prints is read line by line while it runs.
final class RunningMuster {
    /// Longer than anything takes: only a test that fails waits for it.
    private static let patience = Duration.seconds(120)
    private let child: Child
    private let output: Connection
    private let home: TemporaryDirectory
    private(set) var lines: [String] = []

    init(_ arguments: [String], _ variables: [String: String] = [:]) throws {
        home = try TemporaryDirectory()
        let (ours, theirs) = try Descriptor.socketPair()
        output = try Connection(ours)
        let surroundings = [
            "PATH": "/usr/bin:/bin", "HOME": home.path, "XDG_STATE_HOME": home.path + "/state",
            "LANG": "C.UTF-8",
        ]
        child = try Child(
            Samples.programs + "/muster", arguments: arguments,
            environment: surroundings.merging(variables) { $1 },
            descriptors: [1: theirs, 2: theirs])
    }

    /// Reads on to the next line that has these words.
    @discardableResult
    func line(with words: String) throws -> String {
        while let line = try nextLine() {
            lines.append(line)
            if line.contains(words) { return line }
        }
        throw Missing(words: words, lines: lines)
    }

    /// Ends it and reads the rest.
    func exit() throws -> Processes.ExitStatus? {
        while let line = try nextLine() { lines.append(line) }
        return try child.wait(by: Deadline(after: Self.patience))
    }

    func send(_ signal: Signal) { child.send(signal) }

    deinit { _ = try? child.end() }

    struct Missing: Error, CustomStringConvertible {
        var words: String
        var lines: [String]
        var description: String { "no line with “\(words)” in:\n" + lines.joined(separator: "\n") }
    }

    private func nextLine() throws -> String? {
        var line: [UInt8] = []
        while let byte = try nextByte() {
            if byte == 0x0A { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }

    /// `nil` when it has ended.
    private func nextByte() throws -> UInt8? {
        do {
            return try output.read(exactly: 1, by: Deadline(after: Self.patience)).first
        } catch {
            guard error == .disconnected else { throw error }
            return nil
        }
    }
}
