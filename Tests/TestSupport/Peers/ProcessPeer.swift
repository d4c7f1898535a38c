internal import Foundation
internal import Processes
internal import Synchronization

/// A server that runs as a program of its own and is ended with this object; what it says is kept.
final class ProcessPeer: Sendable {
    private let child: Child
    private let said: Mutex<String>
    private let output: Descriptor
    // Held open: some servers end with their standard input.
    private let input: Descriptor

    /// Returns once the program has said `ready`.
    ///
    /// - Throws: `ProgramFailure` with what it said when it ends before.
    init(_ program: String, _ arguments: [String], directory: String, ready: String) throws {
        let (reading, writing) = try Descriptor.pipe()
        let (theirs, ours) = try Descriptor.pipe()
        (output, input) = (reading, ours)
        child = try Child(
            program, arguments: arguments, environment: ["PATH": "/usr/bin:/bin"],
            descriptors: [0: theirs, 1: writing, 2: writing], directory: directory)
        said = Mutex("")
        try wait(for: ready)
    }

    /// Everything that it has said up to the word.
    @discardableResult
    func wait(for word: String) throws -> String {
        while true {
            let text = said.withLock { $0 }
            if text.contains(word), text.hasSuffix("\n") { return text }
            let isThere = try Descriptor.waitUntilReadable([output], by: Deadline(after: .seconds(30)))[0]
            let bytes = isThere ? try output.read(upTo: 4096) : []
            guard !bytes.isEmpty else {
                throw ProgramFailure(description: "the peer did not say `\(word)`: \(text)")
            }
            said.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
    }

    /// Ends the program and gives everything that it has said.
    func end() throws -> String {
        child.send(.terminate)
        _ = try child.wait()
        while case let bytes = try output.read(upTo: 4096), !bytes.isEmpty {
            said.withLock { $0 += String(decoding: bytes, as: UTF8.self) }
        }
        return said.withLock { $0 }
    }

    deinit { _ = try? child.end() }
}
