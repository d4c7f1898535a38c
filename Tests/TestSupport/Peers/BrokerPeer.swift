package import Credentials
internal import Foundation
internal import Processes

/// A real mosquitto on a free port, which demands client certificates of an authority.
package final class BrokerPeer: Sendable {
    package let port: UInt16
    private let peer: ProcessPeer
    private let directory: TemporaryDirectory

    /// `clientRoot`: `nil` lets everybody in. `access`: an access file in mosquitto's own words.
    package init(
        _ server: PeerCredentials.Server, clientRoot: Certificate?, access: String? = nil,
        options: [String] = []
    ) throws {
        directory = try TemporaryDirectory()
        let files = try server.files(in: directory)
        var lines = ["certfile \(files.certificate)", "keyfile \(files.key)"] + options
        if let clientRoot {
            let path = directory.file("clients.pem")
            try clientRoot.pem.write(toFile: path, atomically: true, encoding: .utf8)
            lines += ["cafile \(path)", "require_certificate true", "use_identity_as_username true"]
        }
        if let access {
            try access.write(toFile: directory.file("access"), atomically: true, encoding: .utf8)
            lines.append("acl_file \(directory.file("access"))")
        }
        (peer, port) = try Self.start(lines, in: directory)
    }

    /// A port that was free may be taken before the broker has it: it is tried again then.
    private static func start(
        _ lines: [String], in directory: TemporaryDirectory
    ) throws -> (ProcessPeer, UInt16) {
        var failure: (any Error)?
        for _ in 0..<5 {
            let port = try ListeningSocket().port
            // It gives up root's rights for those of another user unless told otherwise, who cannot read the files.
            let settings =
                ["user root", "listener \(port) 127.0.0.1", "allow_anonymous true"] + lines
                + ["log_dest stderr", "log_type all"]
            let path = directory.file("broker.conf")
            try settings.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
            do {
                let peer = try ProcessPeer(
                    "/usr/sbin/mosquitto", ["-c", path], directory: directory.path, ready: " running")
                return (peer, port)
            } catch {
                failure = error
            }
        }
        throw failure ?? ProgramFailure(description: "mosquitto does not start")
    }

    /// Returns once the log says the word.
    package func wait(for word: String) throws { _ = try peer.wait(for: word) }

    /// Ends it; its whole log.
    package func end() throws -> String { try peer.end() }
}
