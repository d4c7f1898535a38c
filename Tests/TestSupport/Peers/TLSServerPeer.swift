package import Credentials
internal import Foundation

/// OpenSSL's own test server on a free port.
package final class TLSServerPeer: Sendable {
    package let port: UInt16
    private let peer: ProcessPeer
    private let directory: TemporaryDirectory

    /// `options` are further words of `openssl s_server`; `clientRoot` makes it demand a client certificate.
    package init(
        _ server: PeerCredentials.Server, _ options: [String] = [], clientRoot: Certificate? = nil
    ) throws {
        directory = try TemporaryDirectory()
        let files = try server.files(in: directory)
        var arguments = ["s_server", "-accept", "127.0.0.1:0", "-cert", files.certificate, "-key", files.key]
        if let clientRoot {
            let path = directory.file("clients.pem")
            try clientRoot.pem.write(toFile: path, atomically: true, encoding: .utf8)
            arguments += ["-Verify", "2", "-verify_return_error", "-CAfile", path]
        }
        peer = try ProcessPeer(
            "/usr/bin/openssl", arguments + options, directory: directory.path, ready: "ACCEPT ")
        let line = try peer.wait(for: "ACCEPT ").split(separator: "\n").last { $0.hasPrefix("ACCEPT ") }
        guard let text = line?.split(separator: ":").last, let port = UInt16(text) else {
            throw ProgramFailure(description: "openssl s_server does not say its port")
        }
        self.port = port
    }

    /// Ends it; everything that it said, in which what clients sent after the handshake is found as it was.
    package func end() throws -> String { try peer.end() }
}
