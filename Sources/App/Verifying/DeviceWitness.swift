import CommandTable
import Credentials
import HandOver
import Model
import Store

/// `muster verify --by device`: the device says over a link when and where it has connected, and signs for it.
struct DeviceWitness {
    let companion: Companion
    let device: StoredDevice

    private var name: String { device.identity.displayName }

    func run() async throws -> ExitCode {
        guard let choice = try LinkChoice("to", companion) else {
            throw failure(
                .usage, "usage", "it is not said over which link the device is asked",
                "Give --to with one of \(HandOverCommands.links).")
        }
        guard let leaf = try device.certificateChain.flatMap({ try Certificate.chain(pem: $0).first }) else {
            throw failure(
                .badInput, "certificate_missing",
                "this store has no certificate of \(name) to hold its signature against",
                "Ask its target: `muster verify \(name) --by target`.")
        }
        let link = LinkWorker(choice, scanned: device.identity)
        let announcement = try await link.hello()
        try IdentityComparison(scanned: device.identity, said: announcement).check(expected: name)
        let nonce = companion.surroundings.randomBytes(ProofMessage.nonceBytes)
        let last = try await ask(link, nonce: nonce)
        let (session, _) = try await companion.session()
        let question = ConnectionAsk(
            lane: device.lane, signer: announcement.name, nonce: Base64.encodeURL(nonce), link: link.name,
            certificate: leaf.summary, operatorID: session.operatorID)
        let verify = last.verification(answering: question, at: companion.surroundings.now()) {
            leaf.isSigned($0, by: $1)
        }
        let (_, code) = try await VerificationOutbox(companion: companion).save(verify, of: device)
        companion.console.tell(verify, name)
        guard verify.isProven else { return .failed }
        return code
    }

    private func ask(_ link: LinkWorker, nonce: [UInt8]) async throws -> LastConnection {
        let last: LastConnection?
        do { last = try await link.connection(nonce: nonce) } catch {
            guard case .refusedByDevice(Answer.Refusal.Code.unknownAsk.rawValue, _) = error else {
                throw error
            }
            throw failure(
                .failed, "question_unknown", "\(name) does not know the question whether it has connected",
                "Ask its target: `muster verify \(name) --by target`.")
        }
        if let last { return last }
        throw failure(
            .usage, "usage", "nobody answers at \(link.name)",
            "Give a link that answers: serial:, https:, http: or ssh: with --device-command.")
    }

    private func failure(_ code: ExitCode, _ id: String, _ what: String, _ nextStep: String) -> CommandFailure
    {
        CommandFailure(code, id, "Nothing is proven of \(name): \(what).", nextStep)
    }
}
