import CommandTable
import Credentials
import Model
import Registrar
import Store
import Wire

/// `muster registrar …`: which registrar this store works with.
struct RegistrarCommand {
    let companion: Companion

    private var console: Console { companion.console }
    private var invocation: Invocation { companion.context.invocation }
    private var registrars: CompanionRegistrars { CompanionRegistrars(companion) }

    func run(_ words: [String]) async throws -> ExitCode {
        switch words {
        case ["status"]: return try await status()
        case ["pair"]: return try await pair()
        case ["use"]: return try await use()
        case ["list"]: return try await list()
        case let words where words.count == 2 && (words[0] == "target" || words[0] == "placement"):
            let registrar = try await embedded()
            return words[0] == "target"
                ? try await TargetCommand(context: companion.context, registrar: registrar).run(words[1])
                : try await PlacementCommand(context: companion.context, registrar: registrar).run(words[1])
        case let words where words.count >= 2 && words[0] == "fleet":
            return try await FleetCommand(
                context: companion.context, registrar: try await embedded()
            ).run(Array(words.dropFirst()))
        default:
            let administration = Administration(
                context: companion.context, client: try await registrars.client())
            guard let code = try await administration.run(words) else {
                throw UsageError.unknownCommand(
                    words.joined(separator: " "), of: "muster registrar", suggestion: nil)
            }
            return code
        }
    }

    /// The registrar within this program. Targets of another one are set on its machine: their secrets travel nowhere.
    private func embedded() async throws -> Registrar {
        let (session, profile) = try await companion.session()
        guard profile.url == nil else {
            throw CommandFailure(
                .usage, "registrar_elsewhere",
                "Nothing was done: the targets of \(profile.name) are set where it runs.",
                "Use `muster-registrar` on its machine.")
        }
        try await companion.openVault(session)
        return try EmbeddedRegistrar(companion).open()
    }

    private func status() async throws -> ExitCode {
        let (session, profile) = try await companion.session()
        let hello: Hello = try await registrars.client().get(.hello)
        guard hello.registrar == profile.registrar else {
            throw CommandFailure(
                .failed, "registrar_other", "Another registrar answers there: \(hello.registrar).",
                "Check the address, or pair with the new registrar.")
        }
        let offset = hello.serverTime.milliseconds - companion.surroundings.now().milliseconds
        console.print(
            Status(
                registrar: profile.registrar, name: profile.name, url: profile.url,
                operatorID: session.operatorID, answers: true, clockOffsetMilliseconds: offset))
        console.show("\(profile.name) (\(profile.registrar)) answers, as \(session.operatorID).")
        console.show(profile.url ?? "Embedded in this program, in the store's own directory.")
        return .done
    }

    private func pair() async throws -> ExitCode {
        let bytes = try InputFile.bytes(invocation.arguments[0], limit: 16 << 20)
        let pairing: Pairing
        do {
            pairing = try CanonicalJSON.decode(Pairing.self, from: bytes)
            _ = try Certificate(Array(pairing.certificateAuthority.utf8))
        } catch {
            let reason = CommandFailure(error).explanation
            throw CommandFailure(
                .badInput, "pairing_unreadable",
                "Nothing was paired: this is no pairing file. \(reason.what)",
                "Ask for a new one from `muster-registrar pairing`.")
        }
        guard pairing.url.hasPrefix("https://") else {
            throw CommandFailure(
                .badInput, "pairing_unreadable",
                "Nothing was paired: the registrar's address must start with https://.",
                "Ask for a new file with --url https://host:port.")
        }
        try await registrars.adopt(pairing, url: pairing.url)
        console.print(
            Status(
                registrar: pairing.registrar, name: pairing.name, url: pairing.url,
                operatorID: pairing.operatorID, answers: nil, clockOffsetMilliseconds: nil))
        console.show("Paired with \(pairing.name) (\(pairing.registrar)) as \(pairing.operatorID).")
        console.remark(
            "Delete the pairing file: it holds a token. `muster vault create` seals this tablet's copy.")
        return .done
    }

    private func use() async throws -> ExitCode {
        let word = invocation.arguments[0]
        let store = companion.store
        if word == "embedded" {
            if let profile = try await store.registrars().first(where: { $0.url == nil }),
                let session = try await store.sessions().first(where: { $0.registrar == profile.registrar })
            {
                _ = try await store.chooseSession(
                    session.registrar, session.operatorID, at: companion.surroundings.now())
            } else {
                try await EmbeddedRegistrar(companion).pair()
            }
            console.show("The embedded registrar is used from now on.")
            return .done
        }
        let wanted = invocation.value("operator")
        let session = try await store.sessions().first {
            $0.registrar.rawValue == word && (wanted == nil || $0.operatorID.rawValue == wanted)
        }
        guard let session else {
            throw CommandFailure(
                .badInput, "session_unknown", "Nothing was switched: nobody is paired there like that.",
                "See `muster registrar list`.")
        }
        _ = try await store.chooseSession(
            session.registrar, session.operatorID, at: companion.surroundings.now())
        console.show("\(session.operatorID) works with \(session.registrar) from now on.")
        return .done
    }

    private func list() async throws -> ExitCode {
        let profiles = try await companion.store.registrars()
        let now = companion.surroundings.now()
        var table = TextTable(header: ["", "REGISTRAR", "OPERATOR", "NAME", "ADDRESS", "SIGNED IN"])
        for (index, session) in try await companion.store.sessions().enumerated() {
            guard let profile = profiles.first(where: { $0.registrar == session.registrar }) else { continue }
            console.print(
                Paired(
                    registrar: profile.registrar, name: profile.name, url: profile.url,
                    operatorID: session.operatorID, active: index == 0,
                    signedIn: !session.hasEnded(at: now), until: session.until))
            table.rows.append([
                index == 0 ? "used" : "", profile.registrar.rawValue, session.operatorID.rawValue,
                profile.name, profile.url ?? "embedded",
                session.hasEnded(at: now) ? "signed out" : session.until.map { "until \($0)" } ?? "yes",
            ])
        }
        if table.rows.isEmpty {
            console.remark("Nobody is paired; the embedded registrar is used from the first command on.")
        } else {
            table.lines.forEach(console.show)
        }
        return .done
    }

    private struct Status: Encodable {
        var registrar: RegistrarID
        var name: String
        var url: String?
        var operatorID: OperatorID
        var answers: Bool?
        var clockOffsetMilliseconds: Int64?
    }

    private struct Paired: Encodable {
        var registrar: RegistrarID
        var name: String
        var url: String?
        var operatorID: OperatorID
        var active: Bool
        var signedIn: Bool
        var until: Timestamp?
    }
}
