import Foundation
internal import Processes

/// The real programs, run in a home of their own.
package final class Home: Sendable {
    package let directory: TemporaryDirectory
    package let variables: [String: String]

    package init(_ variables: [String: String] = [:]) throws {
        directory = try TemporaryDirectory()
        self.variables = [
            "PATH": "\(Self.programs):/usr/bin:/bin", "HOME": directory.path, "USER": "jk", "LANG": "C.UTF-8",
            "XDG_STATE_HOME": directory.path + "/state", "TMPDIR": directory.path,
            // Whatever TPM the machine has, tests leave it alone.
            "MUSTER_TCTI": "device:/dev/no-tpm",
        ].merging(variables) { $1 }
    }

    /// The store that the programs use when none is named.
    package var store: String { directory.path + "/state/muster" }

    /// Where the programs are built, beside the tests.
    package static var programs: String { Files.directory(of: BuiltProgram.path("muster")) }

    /// The source directory of the package.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    package static func sample(_ name: String) -> String { root + "/Assets/labels/" + name }

    /// Runs a program to its end.
    @discardableResult
    package func run(
        _ arguments: [String], program: String = "muster", input: String = "",
        timeout: Duration = .seconds(60)
    ) throws -> Finished {
        let run = try Child.run(
            Self.programs + "/" + program, arguments: arguments, environment: variables,
            directory: directory.path, input: Array(input.utf8), timeout: timeout)
        return Finished(run)
    }

    package func muster(_ line: String, input: String = "") throws -> Finished {
        try run(line.split(separator: " ").map(String.init), input: input)
    }

    package func registrar(_ line: String) throws -> Finished {
        try run(line.split(separator: " ").map(String.init), program: "muster-registrar")
    }

    /// Makes a team's registrar in `reg`: tenant acme, site oslo-1, a product that takes every label, jk for support, and
    /// whatever the lines add.
    package func makeTeamRegistrar(_ lines: String...) throws {
        let usual = [
            "init --directory reg --name Acme", "tenant add acme --directory reg",
            "site add oslo-1 --directory reg --tenant acme",
            "product add generic --directory reg --admission open",
            "operator add jk --directory reg --role support --tenant acme",
        ]
        for line in usual + lines.map({ "\($0) --directory reg" }) {
            let finished = try registrar(line)
            guard finished.code == 0 else {
                throw ProgramFailure(description: "\(line): \(finished.errors)")
            }
        }
    }

    /// Runs a line of shell in the home.
    package func shell(_ line: String, timeout: Duration = .seconds(60)) throws -> Finished {
        Finished(
            try Child.run(
                "/bin/bash", arguments: ["-c", line], environment: variables, directory: directory.path,
                timeout: timeout))
    }

    package func write(_ text: String, to name: String) throws -> String {
        let path = directory.file(name)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    package func contents(_ name: String) throws -> String {
        try String(contentsOfFile: directory.file(name), encoding: .utf8)
    }
}
