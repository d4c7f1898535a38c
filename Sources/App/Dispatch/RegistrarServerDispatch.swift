import CommandTable
import Credentials
import HTTPServer
import Model
import Processes
import Registrar
import RegistrarCore
import Wire

/// Which code runs which command of `muster-registrar`.
enum RegistrarServerDispatch {
    static func run(_ context: CommandContext) async throws -> ExitCode {
        let command = RegistrarServerCommand(context: context)
        let path = context.invocation.path
        switch path {
        case []: throw UsageError.missingCommand(of: "muster-registrar")
        case ["init"]: return try await command.make()
        case ["serve"]: return try await command.serve()
        case ["pairing"]: return try await command.pairing()
        case ["operator", "password"]: return try await command.password()
        case ["seal"]: return try command.seal()
        case ["crl"]: return try await command.revocationList()
        case ["status"]: return try await command.status()
        case let words where words.first == "issuer" && words.count == 2:
            return try await IssuerCommand(context: context, registrar: try await command.open())
                .run(Array(words.dropFirst()))
        case let words where words.first == "endpoint" && words.count == 2:
            return try await EndpointCommand(context: context, registrar: try await command.open())
                .run(Array(words.dropFirst()))
        case ["target", "rights"]:
            try TargetCommand.rights(context)
            return .done
        case let words where words.first == "target" && words.count == 2:
            return try await TargetCommand(context: context, registrar: try await command.open()).run(
                words[1])
        case let words where words.first == "placement" && words.count == 2:
            return try await PlacementCommand(context: context, registrar: try await command.open()).run(
                words[1])
        case let words where words.first == "fleet" && words.count >= 2:
            return try await FleetCommand(context: context, registrar: try await command.open())
                .run(Array(words.dropFirst()))
        case ["audit"]: return try await command.audit()
        default:
            let administration = Administration(
                context: context, client: RegistrarClient.local(try await command.open()))
            guard let code = try await administration.run(path) else {
                throw UsageError.unknownCommand(
                    path.joined(separator: " "), of: "muster-registrar", suggestion: nil)
            }
            return code
        }
    }
}

/// The commands of `muster-registrar` that concern the registrar as a whole.
struct RegistrarServerCommand {
    let context: CommandContext

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }
    private var directory: String {
        invocation.value("directory") ?? context.surroundings.stateDirectory("muster-registrar")
    }

    func open() async throws -> Registrar {
        let vaulted = try await VaultedRegistrar(context: context, directory: directory).passphrase()
        return try Registrar(
            directory: directory, environment: context.surroundings.registrarEnvironment,
            apiDocument: context.surroundings.apiDocument(), passphrase: try vaulted ?? passphrase(),
            policy: SigningPolicy(
                requiresSignatures: invocation.has("require-signatures"),
                requiresBoundTokens: invocation.has("require-sign-in")),
            sessionSeconds: try sessionSeconds())
    }

    private func sessionSeconds() throws -> Int64 {
        guard let text = invocation.value("session-minutes") else { return SignInRules.sessionSeconds }
        guard let minutes = Int64(text), (5...1440).contains(minutes) else {
            throw CommandFailure(
                .usage, "usage", "Nothing is served: --session-minutes must be from 5 to 1440.",
                "Leave it out for 720, which is 12 hours.")
        }
        return minutes * 60
    }

    func make() async throws -> ExitCode {
        let url = try publicURL()
        let name = invocation.value("name") ?? "Registrar"
        try Registrar.make(
            directory: directory, name: name, environment: context.surroundings.registrarEnvironment,
            passphrase: try passphrase(), issuingKey: try IssuingKeyChoice.place(context),
            issuingKeyKind: IssuingKeyChoice.kind(context))
        let registrar = try await open()
        if let url { try await registrar.setPublicURL(url) }
        console.print(Made(registrar: registrar.registrar, name: registrar.name, directory: directory))
        console.show("Registrar \(registrar.name) (\(registrar.registrar)) is in \(directory).")
        console.remark("Keep a copy of \(directory)/keys in a safe place; whoever has it is the registrar.")
        if try !Registrar.areKeysSealed(directory: directory) {
            console.remark(
                "The keys are not encrypted: whoever reads these files can issue certificates. "
                    + "`muster-registrar seal --passphrase-file FILE` encrypts them.")
        }
        return .done
    }

    private func passphrase() throws -> SecretBytes? {
        try PassphraseFile.registrar.read(
            named: invocation.value("passphrase-file"), context.surroundings)
    }

    /// Encrypts the keys of a registrar that was made without a passphrase.
    func seal() throws -> ExitCode {
        guard let passphrase = try passphrase() else {
            throw CommandFailure(
                .usage, "usage", "Nothing was sealed: there is no passphrase.",
                "Add --passphrase-file FILE, where FILE has mode 0600.")
        }
        try Registrar.sealKeys(directory: directory, passphrase: passphrase)
        console.print(Sealed(directory: directory))
        console.show("✓ The keys in \(directory)/keys are encrypted.")
        console.remark(
            "Without the passphrase they are lost; older copies of the files are still in the clear.")
        return .done
    }

    private struct Sealed: Encodable {
        var directory: String
    }

    /// Serves until a signal ends the process: everything answered is on the disk, so there is nothing to tidy up.
    func serve() async throws -> ExitCode {
        let (address, port) = try listening()
        let names =
            invocation.values["host"] ?? [address == "0.0.0.0" || address == "::" ? "localhost" : address]
        let url = try publicURL()
        let registrar = try await open()
        if invocation.value("public-url") != nil { try await registrar.setPublicURL(url) }
        let server = try registrar.serve(
            Registrar.Listening(address: address, port: port, hostNames: names))
        console.print(Serving(listening: "\(address):\(server.port)", registrar: registrar.registrar))
        console.show("listening on \(address):\(server.port)")
        let console = console
        await registrar.makeRounds { console.report($0) }
        await server.stop()
        return .done
    }

    /// The public address of the command line; `nil` when it is `none` or not given.
    private func publicURL() throws -> PublicURL? {
        guard let text = invocation.value("public-url"), text != "none" else { return nil }
        return try ArgumentText.identifier(text, PublicURL.self)
    }

    func status() async throws -> ExitCode {
        let registrar = try await open()
        let standing = try await registrar.standing()
        console.print(standing)
        console.show("\(standing.name) (\(standing.registrar))")
        console.show(
            "  Public address:  \(standing.publicURL?.rawValue ?? "none: certificates do not say one")")
        if let issuer = standing.externalIssuer { console.show("  Issues:          \(issuer), by EST") }
        console.show("  Own authority:   \(standing.issuer), until \(standing.issuerNotAfter)")
        console.show("  Issuing key:     \(standing.issuingKey)")
        if let fault = standing.issuingKeyFault {
            console.show("  ! \(fault.what)")
            console.show("    \(fault.nextStep)")
        }
        console.show("  Root:            \(standing.rootFingerprint)")
        console.show(
            "  Certificates:    \(standing.certificatesIssued) issued, \(standing.certificatesRevoked) revoked"
        )
        for line in standing.warnings { console.show("! \(line)") }
        return .done
    }

    private func listening() throws -> (address: String, port: UInt16) {
        let text = invocation.value("listen") ?? "127.0.0.1:8443"
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
            throw CommandFailure(
                .usage, "usage", "Nothing is served: `\(text)` is not ADDRESS:PORT.",
                "Write it like 127.0.0.1:8443 or [::1]:8443.")
        }
        return (text[..<colon].filter { $0 != "[" && $0 != "]" }, port)
    }

    func pairing() async throws -> ExitCode {
        let url = invocation.value("url") ?? "https://127.0.0.1:8443"
        guard url.hasPrefix("https://"), !url.hasSuffix("/") else {
            throw CommandFailure(
                .usage, "usage", "No pairing was written: `\(url)` must be https://host:port.",
                "Write it without a path and without a slash at the end.")
        }
        let person = try ArgumentText.identifier(invocation.arguments[0], OperatorID.self)
        let pairing = try await open().pairing(for: person, url: url)
        let text = try CanonicalJSON.text(pairing) + "\n"
        if let path = invocation.value("output"), path != "-" {
            try Files.writeAtomically(Array(text.utf8), to: path)
            console.remark("The pairing file for \(person) is \(path). It holds a token.")
        } else {
            console.document(text)
        }
        return .done
    }

    func revocationList() async throws -> ExitCode {
        guard let path = invocation.value("output") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was written: it is not clear where to.", "Add --output FILE.")
        }
        let list = try await open().signedRevocationList()
        do { try Files.writeAtomically(list, to: path, mode: 0o644) } catch {
            throw CommandFailure(.cannotWrite, error.explanation)
        }
        console.print(Written(bytes: list.count, file: path))
        console.show("The revocation list is in \(path).")
        return .done
    }

    private struct Written: Encodable {
        var bytes: Int
        var file: String
    }

    func audit() async throws -> ExitCode {
        let (entries, broken) = try await open().verifyAudit()
        console.print(Audited(entries: entries, broken: broken))
        if let broken {
            console.show("! The audit chain is broken at entry \(broken) of \(entries).")
            return .failed
        }
        console.show("✓ The audit chain is whole: \(entries) entries.")
        return .done
    }

    private struct Made: Encodable {
        var registrar: RegistrarID
        var name: String
        var directory: String
    }

    private struct Serving: Encodable {
        var listening: String
        var registrar: RegistrarID
    }

    private struct Audited: Encodable {
        var entries: Int
        var broken: Int?
    }
}

extension Surroundings {
    /// The API document beside the samples; empty when it is not installed.
    func apiDocument() -> [UInt8] {
        guard let directory = assetsDirectory else { return [] }
        return (try? Files.read(directory + "/openapi.json", limit: 1 << 20)) ?? []
    }
}
