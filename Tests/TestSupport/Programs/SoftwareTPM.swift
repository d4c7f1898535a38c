internal import Processes

/// An emulated TPM 2.0 (swtpm) at a Unix socket. What it keeps outlives a restart; it ends when it goes.
package final class SoftwareTPM {
    private let directory: TemporaryDirectory
    private var child: Child

    package init() throws {
        directory = try TemporaryDirectory()
        try Files.makeDirectories(directory.file("state"))
        child = try Self.start(directory)
    }

    var socket: String { directory.file("tpm.sock") }

    /// Where it is, for the TPM software stack.
    package var tcti: String { "swtpm:path=\(socket)" }

    /// Returns once its sockets listen: it writes its process id after that, here into a pipe with a name.
    private static func start(_ directory: TemporaryDirectory) throws -> Child {
        let socket = directory.file("tpm.sock")
        let ready = directory.file("ready")
        for path in [socket, socket + ".ctrl", ready] { try Files.remove(path) }
        _ = try Child.run("/usr/bin/mkfifo", arguments: [ready], timeout: .seconds(10))
        let child = try Child(
            "/usr/bin/swtpm",
            arguments: [
                "socket", "--tpm2", "--tpmstate", "dir=" + directory.file("state"),
                "--server", "type=unixio,path=\(socket)", "--ctrl", "type=unixio,path=\(socket).ctrl",
                "--flags", "not-need-init,startup-clear", "--pid", "file=\(ready)",
            ])
        let said = try Child.run("/bin/cat", arguments: [ready], timeout: .seconds(30))
        guard said.outputText.contains("\(child.processID)") else {
            _ = try child.end()
            throw ProgramFailure(description: "swtpm does not start")
        }
        return child
    }

    /// Takes the power away and gives it back, without telling the TPM before.
    package func restart() throws {
        _ = try child.end()
        child = try Self.start(directory)
    }

    /// Takes the power away; nothing is at its socket then.
    package func stop() throws {
        _ = try child.end()
        for path in [socket, socket + ".ctrl"] { try Files.remove(path) }
    }

    /// Gives the power back.
    package func start() throws { child = try Self.start(directory) }

    /// Another TPM at the same place.
    package func reset() throws {
        try stop()
        _ = try Child.run(
            "/bin/rm", arguments: ["-r", directory.file("state")], timeout: .seconds(10))
        try Files.makeDirectories(directory.file("state"))
        try start()
    }

    deinit { _ = try? child.end() }
}
