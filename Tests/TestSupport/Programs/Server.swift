import Foundation
internal import Processes

/// A running `muster-registrar serve`.
package final class Server: Sendable {
    package let port: String
    private let child: Child

    package init(
        _ home: Home, directory: String, listen: String = "127.0.0.1:0", options: [String] = []
    ) throws {
        let (child, reading) = try Self.start(
            home, ["serve", "--directory", directory, "--listen", listen] + options)
        self.child = child
        var said: [UInt8] = []
        while !said.contains(0x0A) {
            let bytes = try reading.read(upTo: 256)
            if bytes.isEmpty { break }
            said += bytes
        }
        let line = String(decoding: said, as: UTF8.self)
        guard line.hasPrefix("listening on"), let port = line.split(separator: ":").last else {
            throw ProgramFailure(description: "muster-registrar does not listen: \(line)")
        }
        self.port = port.trimmingCharacters(in: .newlines)
    }

    /// The child's end of the pipe is closed here when this returns, so that its end is seen.
    private static func start(_ home: Home, _ arguments: [String]) throws -> (Child, Descriptor) {
        let (reading, writing) = try Descriptor.pipe()
        let child = try Child(
            Home.programs + "/muster-registrar", arguments: arguments, environment: home.variables,
            descriptors: [1: writing], directory: home.directory.path)
        return (child, reading)
    }

    package func stop() throws {
        child.send(.terminate)
        _ = try child.wait()
    }

    deinit { _ = try? child.end() }
}
