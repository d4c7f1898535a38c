import CommandTable
import Model
import Processes

/// The passphrase under which a registrar's keys lie sealed, from a file that others cannot read.
struct RegistrarPassphrase {
    /// The name of the systemd credential. Source: systemd.exec(5), `LoadCredential=`.
    static let credential = "muster-registrar-passphrase"

    let surroundings: Surroundings
    /// The file that the command line names.
    var named: String?

    /// `nil` when none is given. First the file that was named, then `$MUSTER_PASSPHRASE_FILE`, then the credential.
    func read() throws -> Redacted<[UInt8]>? {
        if let path = named ?? surroundings.variables["MUSTER_PASSPHRASE_FILE"] { return try contents(path) }
        guard let directory = surroundings.variables["CREDENTIALS_DIRECTORY"] else { return nil }
        let path = directory + "/" + Self.credential
        return try Files.status(path) == nil ? nil : try contents(path)
    }

    private func contents(_ path: String) throws -> Redacted<[UInt8]> {
        let status = try Files.status(path)
        if let mode = status?.mode, mode & 0o077 != 0, !path.hasPrefix("/dev/") {
            throw CommandFailure(
                .badInput, "passphrase_file_open",
                "The registrar was not opened: others may read the passphrase in `\(path)`.",
                "Run `chmod 600 \(path)`.")
        }
        var bytes: [UInt8]
        do { bytes = try Files.read(path, limit: 4096) } catch { throw CommandFailure(error) }
        while let last = bytes.last, last == 0x0A || last == 0x0D { bytes.removeLast() }
        return Redacted(bytes)
    }
}
