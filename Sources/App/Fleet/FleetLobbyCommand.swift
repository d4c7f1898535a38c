import CommandTable
import Model
import Registrar

/// `fleet lobby …`: devices with a certificate from their factory, and their owners' claims.
struct FleetLobbyCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run(_ word: String) async throws -> ExitCode {
        switch word {
        case "claim":
            show(
                try await registrar.claimInLobby(
                    try fingerprint, for: try ArgumentText.identifier(invocation.arguments[1]),
                    at: try ArgumentText.identifier(invocation.arguments[2])))
        case "contact":
            let bytes = try InputFile.bytes(invocation.arguments[0], limit: 1 << 20)
            show(try await registrar.contactLobby(String(decoding: bytes, as: UTF8.self)))
        case "look": return try await look()
        case "list":
            let all = try await registrar.lobby()
            all.forEach(show)
            if all.isEmpty { console.remark("Nobody is in the lobby.") }
        case "release":
            try await registrar.releaseFromLobby(try fingerprint)
            console.print(Released(released: try fingerprint))
            console.show("The claim has ended; the certificate is free to be claimed anew.")
        default: throw UsageError.unknownCommand(word, of: "fleet lobby", suggestion: nil)
        }
        return .done
    }

    /// As labels have it: hex digits, with colons between the bytes or without.
    private var fingerprint: PayloadHash {
        get throws {
            let text = invocation.arguments[0]
            guard let hash = PayloadHash(rawValue: text.filter { $0 != ":" }.lowercased()) else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was changed: `\(text)` is no fingerprint.",
                    "Give the certificate's SHA-256 as 64 hex digits.")
            }
            return hash
        }
    }

    private func look() async throws -> ExitCode {
        let met = try await registrar.lookIntoLobby(
            at: try ArgumentText.identifier(invocation.arguments[0]), authority: invocation.arguments[1])
        var code = ExitCode.done
        for one in met {
            switch one {
            case .success(let standing): show(standing)
            case .failure(let error):
                console.report(error.explanation)
                code = .failed
            }
        }
        if met.isEmpty { console.remark("Nobody new is there.") }
        return code
    }

    private func show(_ standing: Registrar.LobbyStanding) {
        console.print(standing)
        let stands =
            switch (standing.device, standing.firstSeen, standing.endpoint) {
            case (let device?, _, let endpoint?): "✓ \(device) is let in; it connects to \(endpoint)"
            case (let device?, nil, nil): "claimed for \(device); the device has not been seen yet"
            case (let device?, _?, nil): "claimed for \(device) and seen; it is not let in yet"
            case (nil, _?, _): "seen, and claimed by nobody yet"
            case (nil, nil, _): "neither claimed nor seen"
            }
        console.show("\(standing.fingerprint.rawValue)  \(stands)")
    }

    private struct Released: Encodable {
        var released: PayloadHash
    }
}
