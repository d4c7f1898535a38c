internal import Processes

/// PKCS #11 tokens of SoftHSM in a directory of their own, with their PIN in a file.
package final class SoftToken: Sendable {
    package let directory: TemporaryDirectory
    /// What programs and the module find the tokens by.
    package var environment: [String: String] { ["SOFTHSM2_CONF": directory.file("softhsm2.conf")] }
    package var pinFile: String { directory.file("pin") }
    package static let module = "/usr/lib/softhsm/libsofthsm2.so"
    package static let pin = "kestrel-4711"

    package init(_ labels: [String]) throws {
        directory = try TemporaryDirectory()
        try Files.makeDirectories(directory.file("tokens"))
        let configuration = "directories.tokendir = \(directory.file("tokens"))\nlog.level = ERROR\n"
        try Files.writeAtomically(Array(configuration.utf8), to: directory.file("softhsm2.conf"))
        try Files.writeAtomically(Array((Self.pin + "\n").utf8), to: pinFile, mode: 0o600)
        for label in labels {
            let run = try Child.run(
                "/usr/bin/softhsm2-util",
                arguments: [
                    "--init-token", "--free", "--label", label, "--pin", Self.pin, "--so-pin", "so-pin",
                ],
                environment: environment, timeout: .seconds(30))
            guard case .exited(0) = run.status else {
                throw ProgramFailure(description: "softhsm2-util: \(run.errorsText)")
            }
        }
    }

    /// The address of a key in one of the tokens.
    package func uri(_ token: String, _ object: String, pinFile: String? = nil) -> String {
        "pkcs11:token=\(token);object=\(object)?module-path=\(Self.module)"
            + "&pin-source=file:\(pinFile ?? self.pinFile)"
    }

    /// Puts a key of a file in PEM into a token, both halves, under a name.
    package func importKey(_ path: String, _ object: String, into token: String) throws {
        let run = try Child.run(
            "/usr/bin/softhsm2-util",
            arguments: [
                "--import", path, "--token", token, "--label", object, "--id", "5150", "--pin", Self.pin,
            ], environment: environment, timeout: .seconds(30))
        guard case .exited(0) = run.status else {
            throw ProgramFailure(description: "softhsm2-util: \(run.errorsText)")
        }
    }

    /// Takes the tokens away from programs that start from now on.
    package func remove() throws {
        _ = try Child.run(
            "/bin/mv", arguments: [directory.file("tokens"), directory.file("away")], timeout: .seconds(10))
        try Files.makeDirectories(directory.file("tokens"))
    }

    /// Gives them back.
    package func restore() throws {
        _ = try Child.run(
            "/bin/sh",
            arguments: [
                "-c", "rm -r \"$1\" && mv \"$2\" \"$1\"", "sh", directory.file("tokens"),
                directory.file("away"),
            ],
            timeout: .seconds(10))
    }
}
