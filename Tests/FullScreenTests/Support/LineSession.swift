import Processes
import TestSupport
import Testing

/// The linear mode over pipes, as a screen reader or another program talks to it: lines in, words out.
final class LineSession {
    private let child: Child
    private var feeding: Descriptor?
    private let output: Descriptor
    /// All that was said.
    private(set) var said: [UInt8] = []
    /// From where on words have not been heard yet.
    private var heard = 0

    init(_ tablet: Tablet, _ arguments: [String] = ["--linear"], program: String = "muster") throws {
        let home = tablet.home
        let all = ["--store", tablet.store] + arguments
        let (child, feeding, output) = try Self.start(program, home, all)
        (self.child, self.feeding, self.output) = (child, feeding, output)
        try output.makeNonblocking()
    }

    /// The child's ends of the pipes are closed here when this returns, so that its end is seen.
    private static func start(
        _ program: String, _ home: Home, _ arguments: [String]
    ) throws -> (Child, Descriptor, Descriptor) {
        // A socket rather than a pipe: a program that has ended must not raise SIGPIPE here.
        let (feeding, input) = try Descriptor.socketPair()
        let (output, saying) = try Descriptor.pipe()
        let child = try Child(
            BuiltProgram.path(program), arguments: arguments, environment: home.variables,
            descriptors: [0: input, 1: saying, 2: saying], directory: home.directory.path)
        return (child, feeding, output)
    }

    func say(_ line: String) throws { try feeding?.writeAll(Array((line + "\n").utf8)) }

    /// Waits for words that were not heard yet, and goes on behind them.
    func hear(_ words: String) throws {
        let deadline = Deadline(after: .seconds(60))
        while true {
            let new = String(decoding: said[heard...], as: UTF8.self)
            if let found = new.firstRange(of: words) {
                heard += new[..<found.upperBound].utf8.count
                return
            }
            let ready = try Descriptor.waitUntilReadable([output], by: deadline)
            let bytes = ready.contains(true) ? try output.read(upTo: 4096) : []
            guard !bytes.isEmpty else {
                throw ProgramFailure(description: "“\(words)” was not said:\n\(new)")
            }
            said += bytes
        }
    }

    /// Ends the input, waits for the program's end, and returns its exit code.
    func finish() throws -> Int32? {
        feeding = nil
        let deadline = Deadline(after: .seconds(60))
        while try Descriptor.waitUntilReadable([output], by: deadline).contains(true) {
            let bytes = try output.read(upTo: 4096)
            if bytes.isEmpty { break }
            said += bytes
        }
        guard case .exited(let code)? = try child.wait(by: deadline) else { return nil }
        return code
    }

    deinit { _ = try? child.end() }
}
