import CommandTable
import Credentials
import MQTTClient
import Model
import Processes
import Screens
import Store
import TLSProbe

/// `muster verify`: proves that a device's principals connect to its service, and keeps the proof in its history.
struct VerifyCommand {
    let companion: Companion
    /// Is told of each step beside the console.
    var tell: @Sendable (VerifyStep) -> Void = { _ in }

    private var invocation: Invocation { companion.context.invocation }
    private var surroundings: Surroundings { companion.surroundings }

    /// From the first packet to the last, in seconds, when nobody says so.
    private static let usualSeconds = 15
    private static let limitSeconds = 600

    /// Who is asked for the proof.
    static let witnesses = ["muster", "target", "device"]

    func run() async throws -> ExitCode {
        let witness = invocation.value("by") ?? "muster"
        guard invocation.value("to") == nil || witness == "device" else {
            throw Self.usage(
                "--to is the link to a device that is asked", "Add --by device, or leave --to away.")
        }
        let device = try await companion.device(invocation.arguments[0])
        switch witness {
        case "target": return try await TargetWitness(companion: companion, device: device).run()
        case "device": return try await DeviceWitness(companion: companion, device: device).run()
        default: return try await connect(device)
        }
    }

    /// Muster connects itself.
    private func connect(_ device: StoredDevice) async throws -> ExitCode {
        let outcome = try await prove(device)
        if outcome.usesNoKey { offerTarget(device) }
        if let failure = outcome.failure { throw failure }
        return .done
    }

    /// Tries it, and keeps what came of it.
    ///
    /// - Throws: `CommandFailure` when nothing was tried.
    func prove() async throws -> VerifyRun.Outcome {
        try await prove(try await companion.device(invocation.arguments[0]))
    }

    private func prove(_ device: StoredDevice) async throws -> VerifyRun.Outcome {
        let seconds = try seconds()
        let named = try invocation.value("endpoint").map(Self.endpoint)
        let given = try invocation.values["root"].map(Self.roots)
        let (operatorSession, registrar) = try await companion.session()
        let services = try await DeviceServices(companion.store, registrar.registrar, of: device)
        let known = [services.assigned].compactMap(\.self) + services.all
        let endpoint = try named ?? Self.endpoint(of: known)
        let roots = try given ?? Self.roots(of: endpoint, known)
        let principals = try await VerifyPrincipals(companion, device)
        let session = try VerifySession(
            of: device, principals, invocation,
            freshID: MQTTSettings.freshClientID(random: surroundings.randomBytes(8)))
        let run = VerifyRun(
            device: device, endpoint: endpoint, roots: roots, principals: principals, session: session,
            token: surroundings.randomBytes(16), operatorID: operatorSession.operatorID,
            console: companion.console, now: surroundings.now, tell: tell)
        var outcome = try await run.prove(by: Deadline(after: .seconds(seconds)))
        do { outcome.operation = try await save(outcome.verify, of: device) } catch {
            guard outcome.failure != nil else { throw error }
            // Why there is no proof is what was asked; that it could not be kept is said beside it.
            companion.console.report(CommandFailure(error).explanation)
        }
        return outcome
    }

    private func offerTarget(_ device: StoredDevice) {
        guard let target = device.target else { return }
        companion.console.remark(
            "Its key is not at hand here; `muster verify \(device.identity.displayName) --by target` asks "
                + "\(target.target) whether it has seen the device.")
    }

    /// It is kept whether or not the registrar is reached now: that is said beside it.
    private func save(_ verify: OperationBody.Verify, of device: StoredDevice) async throws -> OperationID {
        let (id, code) = try await VerificationOutbox(companion: companion).save(verify, of: device)
        if code != .done {
            companion.console.remark(
                (verify.isProven ? "The proof" : "What failed")
                    + " is saved here and is not confirmed yet; `muster sync` sends it.")
        }
        return id
    }

    // MARK: Words of the command line

    /// The first of the device's services that can be connected to: that of its target, else of the registrar's list.
    private static func endpoint(of known: [DeviceServices.Service]) throws -> ServiceEndpoint {
        if let endpoint = known.lazy.compactMap({ ServiceEndpoint($0.endpoint) }).first { return endpoint }
        if let first = known.first {
            throw usage(
                "the device asks \(first.endpoint) where it is to connect to, and nobody else knows",
                "Give --endpoint mqtts://HOST:PORT with the service that it was assigned.")
        }
        throw usage(
            "it is not said where the device connects to, and the registrar gives out no service for it",
            "Give --endpoint mqtts://HOST:PORT, or ask the desk for `muster-registrar endpoint set`.")
    }

    private static func endpoint(_ text: String) throws -> ServiceEndpoint {
        guard let endpoint = ServiceEndpoint(text) else {
            throw usage(
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

    /// The roots of a service that the device's target or the registrar gives out.
    private static func roots(
        of endpoint: ServiceEndpoint, _ known: [DeviceServices.Service]
    ) throws -> [Certificate] {
        let roots = DeviceServices.roots(known.filter { ServiceEndpoint($0.endpoint) == endpoint })
        guard !roots.isEmpty else {
            throw usage(
                "it is not said by whose word the service is believed",
                "Give --root FILE with the service's root certificate.")
        }
        return roots
    }

    private static func roots(_ paths: [String]) throws -> [Certificate] {
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
