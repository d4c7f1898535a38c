import Foundation
internal import Glibc
internal import Processes

/// OpenSSH's own server on loopback, for the user who runs the tests, with keys made for this one server; ended
/// when it goes.
package final class ShellServer: Sendable {
    package let directory: TemporaryDirectory
    package let port: Int
    package let user = NSUserName()
    private let child: Child
    private let output: Descriptor

    /// The private key that may log in.
    package var key: String { directory.file("user") }
    /// Its host key as a device has it in `/etc/ssh`.
    package var hostKey: String { directory.file("host.pub") }
    /// The host key as a file of known hosts.
    package var knownHosts: String { directory.file("known") }
    /// `ssh://USER@HOST:PORT` and a path.
    package func address(_ path: String = "") -> String { "ssh://\(user)@127.0.0.1:\(port)\(path)" }

    /// `files` is the program that serves files; by default the server's own.
    package init(files: String = "internal-sftp") throws {
        directory = try TemporaryDirectory()
        // The server of the system's administrator wants a directory that booting makes.
        if getuid() == 0 { try Files.makeDirectories("/run/sshd", mode: 0o755) }
        for name in ["host", "user"] { try Self.makeKey(directory.file(name)) }
        try Files.writeAtomically(
            try Files.read(directory.file("user.pub"), limit: 4096), to: directory.file("authorized"))
        for attempt in 0..<10 {
            // Below the ports that the kernel gives away by itself.
            let port = Int.random(in: 20_000..<32_000)
            if let (child, output) = try Self.start(directory, port, files) {
                (self.child, self.output, self.port) = (child, output, port)
                let key = String(
                    decoding: try Files.read(directory.file("host.pub"), limit: 4096), as: UTF8.self)
                try Files.writeAtomically(
                    Array("[127.0.0.1]:\(port) \(key)".utf8), to: directory.file("known"))
                return
            }
            if attempt == 9 { break }
        }
        throw ProgramFailure(description: "sshd found no port")
    }

    deinit { _ = try? child.end() }

    package static func makeKey(_ path: String) throws {
        let run = try Child.run(
            "/usr/bin/ssh-keygen", arguments: ["-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", path],
            timeout: .seconds(30))
        guard run.status == .exited(0) else {
            throw ProgramFailure(description: "ssh-keygen: \(run.errorsText)")
        }
    }

    /// `nil` when the port is another's.
    private static func start(
        _ directory: TemporaryDirectory, _ port: Int, _ files: String
    ) throws -> (Child, Descriptor)? {
        let settings = """
            Port \(port)
            ListenAddress 127.0.0.1
            HostKey \(directory.file("host"))
            AuthorizedKeysFile \(directory.file("authorized"))
            PidFile none
            UsePAM no
            StrictModes no
            PasswordAuthentication no
            KbdInteractiveAuthentication no
            PermitRootLogin prohibit-password
            MaxStartups 100
            Subsystem sftp \(files)
            """
        try Files.writeAtomically(Array((settings + "\n").utf8), to: directory.file("sshd_config"))
        let (reading, writing) = try Descriptor.pipe()
        let child = try Child(
            "/usr/sbin/sshd", arguments: ["-D", "-e", "-f", directory.file("sshd_config")],
            environment: ["PATH": "/usr/bin:/bin"], descriptors: [2: writing])
        var said = ""
        while !said.contains("Server listening on") {
            let isThere = try Descriptor.waitUntilReadable([reading], by: Deadline(after: .seconds(30)))[0]
            let bytes = isThere ? try reading.read(upTo: 4096) : []
            said += String(decoding: bytes, as: UTF8.self)
            if said.contains("already in use") || said.contains("Cannot bind") {
                try child.end()
                return nil
            }
            guard !bytes.isEmpty else {
                try child.end()
                throw ProgramFailure(description: "sshd does not listen: \(said)")
            }
        }
        return (child, reading)
    }
}
