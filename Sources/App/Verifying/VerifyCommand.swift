import CommandTable
import Credentials
import MQTTClient
import Model
import Processes
import Store
import TLSProbe

/// `muster verify`: proves that a device's principals connect to its service, and keeps the proof in its history.
struct VerifyCommand {
    let companion: Companion

    private var invocation: Invocation { companion.context.invocation }
    private var surroundings: Surroundings { companion.surroundings }

    /// From the first packet to the last, in seconds, when nobody says so.
    private static let usualSeconds = 15
    private static let limitSeconds = 600

    func run() async throws -> ExitCode {
        let endpoint = try endpoint()
        let seconds = try seconds()
        let roots = try roots()
        let device = try await companion.device(invocation.arguments[0])
        let principals = try await VerifyPrincipals(companion, device)
        let (session, _) = try await companion.session()
        let run = VerifyRun(
            device: device, endpoint: endpoint, roots: roots, principals: principals,
            clientID: invocation.value("client-id")
                ?? MQTTSettings.freshClientID(random: surroundings.randomBytes(8)),
            topic: invocation.value("topic"), token: surroundings.randomBytes(16),
            operatorID: session.operatorID, console: companion.console, now: surroundings.now)
        let proof = try await run.prove(by: Deadline(after: .seconds(seconds)))
        try await save(proof, of: device)
        return .done
    }

    /// The proof is made whether or not the registrar is reached now: that is said beside it.
    private func save(_ proof: ConnectionProof, of device: StoredDevice) async throws {
        let (_, registrar) = try await companion.session()
        let tenant: TenantID =
            if let known = device.tenant { known } else { try await Place(companion, registrar).tenant() }
        let note = OperationBody.note(OperationBody.Note(text: try proof.noteText))
        let id = try await Settling(companion: companion).add(note, to: device, tenant: tenant)
        if try await SendingAfterwards(companion).run([id]) != .done {
            companion.console.remark(
                "The proof is saved here and is not confirmed yet; `muster sync` sends it.")
        }
    }

    // MARK: Words of the command line

    private func endpoint() throws -> ServiceEndpoint {
        guard let text = invocation.value("endpoint") else {
            throw Self.usage(
                "it is not said where the device connects to", "Give --endpoint mqtts://HOST:PORT.")
        }
        guard let endpoint = ServiceEndpoint(text) else {
            throw Self.usage(
                "`\(text)` is no endpoint", "Write mqtts://HOST, mqtts://HOST:PORT or tls://HOST:PORT.")
        }
        return endpoint
    }

    private func seconds() throws -> Int {
        guard let text = invocation.value("timeout") else { return Self.usualSeconds }
        guard let seconds = Int(text), (1...Self.limitSeconds).contains(seconds) else {
            throw Self.usage("`\(text)` is no time limit", "Write --timeout 15, in seconds.")
        }
        return seconds
    }

    private func roots() throws -> [Certificate] {
        let paths = invocation.values["root"] ?? []
        guard !paths.isEmpty else {
            throw Self.usage(
                "it is not said by whose word the service is believed",
                "Give --root FILE with the service's root certificate.")
        }
        let roots = try paths.flatMap { try VerifyPrincipals.certificates($0) }
        guard !roots.isEmpty else {
            throw CommandFailure(
                .badInput, "root_missing", "Nothing was sent: there is no certificate in \(paths[0]).",
                "Give the service's root certificate in PEM or DER.")
        }
        return roots
    }

    private static func usage(_ what: String, _ nextStep: String) -> CommandFailure {
        CommandFailure(.usage, "usage", "Nothing was sent: \(words: what).", nextStep)
    }
}
