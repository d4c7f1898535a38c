import Processes
import TestSupport

/// A Python program beside the tablet, that plays what a test needs; its input ends it, where it reads any.
final class Python {
    private let child: Child
    private let feeding: Descriptor
    private let output: Descriptor
    /// The line that it said when it was ready.
    fileprivate(set) var first: String?

    init(_ home: Home, _ arguments: [String]) throws {
        (child, feeding, output) = try Self.start(home, arguments)
    }

    /// The child's ends of the pipes are closed here when this returns, so that its end is seen.
    private static func start(
        _ home: Home, _ arguments: [String]
    ) throws -> (Child, Descriptor, Descriptor) {
        let (input, feeding) = try Descriptor.pipe()
        let (output, saying) = try Descriptor.pipe()
        let child = try Child(
            "/usr/bin/python3", arguments: ["-u"] + arguments, environment: home.variables,
            descriptors: [0: input, 1: saying], directory: home.directory.path)
        return (child, feeding, output)
    }

    /// Waits until it says a line.
    func hear() throws -> String {
        var said: [UInt8] = []
        while !said.contains(0x0A) {
            let bytes = try output.read(upTo: 256)
            if bytes.isEmpty { break }
            said += bytes
        }
        return String(decoding: said, as: UTF8.self)
    }

    func end() throws {
        _ = try child.end()
    }

    deinit { _ = try? child.end() }
}

extension Tablet {
    /// Starts Python, and returns once it has said its first line.
    func python(_ arguments: String...) throws -> Python {
        let python = try Python(home, arguments)
        let line = try python.hear()
        guard !line.isEmpty else { throw ProgramFailure(description: "python3 \(arguments) ended") }
        python.first = line
        return python
    }
}
