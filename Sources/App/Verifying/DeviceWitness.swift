import CommandTable
import Credentials
import HandOver
import Model
import Screens
import Store

/// `muster verify --by device`: the device says over a link when and where it has connected, and signs for it.
struct DeviceWitness {
    /// `Screens` has answers of its own: those to its requests.
    private typealias Answer = HandOver.Answer

    let companion: Companion
    let device: StoredDevice
    /// Is told of the device's word once it is saved.
    var saved: @Sendable (OperationID) -> Void = { _ in }

    private var name: String { device.identity.displayName }

    /// Asks over the link of `--to`, and keeps what the device's word is worth.
    ///
    /// - Throws: `CommandFailure` or `WitnessError` when there is no word of it.
    func ask() async throws -> Testimony {
        guard let choice = try LinkChoice("to", companion) else {
            throw CommandFailure(
                .usage, "usage",
                "Nothing is proven of \(name): it is not said over which link the device is asked.",
                "Give --to with one of \(HandOverCommands.links).")
        }
        guard let leaf = try device.certificateChain.flatMap({ try Certificate.chain(pem: $0).first }) else {
            throw WitnessError.noCertificate(device: name)
        }
        let verify: OperationBody.Verify
        let link = LinkWorker(choice, scanned: device.identity)
        do { verify = try await word(over: link, against: leaf) } catch let error as HandOverError {
            throw CommandFailure(error.explanation(asking: name))
        }
        let (id, code) = try await VerificationOutbox(companion: companion, saved: saved)
            .save(verify, of: device)
        return Testimony(verify, in: id, code: code)
    }

    func run() async throws -> ExitCode {
        let testimony = try await ask()
        guard let verify = testimony.verify else { return testimony.code }
        companion.console.tell(verify, name)
        return verify.isProven ? testimony.code : .failed
    }

    /// What the device says, held against its certificate on record.
    private func word(
        over link: LinkWorker, against leaf: Certificate
    ) async throws -> OperationBody.Verify {
        let announcement = try await link.hello()
        try IdentityComparison(scanned: device.identity, said: announcement).check(expected: name)
        let nonce = companion.surroundings.randomBytes(ProofMessage.nonceBytes)
        let last = try await last(over: link, nonce: nonce)
        let (session, _) = try await companion.session()
        let question = ConnectionAsk(
            lane: device.lane, signer: announcement.name, nonce: Base64.encodeURL(nonce), link: link.name,
            certificate: leaf.summary, operatorID: session.operatorID)
        return last.verification(answering: question, at: companion.surroundings.now()) {
            leaf.isSigned($0, by: $1)
        }
    }

    private func last(over link: LinkWorker, nonce: [UInt8]) async throws -> LastConnection {
        do {
            if let last = try await link.connection(nonce: nonce) { return last }
        } catch HandOverError.refusedByDevice(Answer.Refusal.Code.unknownAsk.rawValue, _) {
            throw WitnessError.questionUnknown(device: name)
        }
        throw WitnessError.nobodyAnswers(device: name, link: link.name)
    }
}
