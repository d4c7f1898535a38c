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
    private var now: Timestamp { companion.surroundings.now() }

    /// How far the clock of a device may be ahead.
    private static let clockSeconds: Int64 = 300

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
        var verify = judge(last, Base64.encodeURL(nonce), announcement.name, leaf, at: link.name)
        verify.note(session.operatorID)
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

    /// What the device's word is worth.
    private func judge(
        _ last: LastConnection, _ nonce: String, _ signer: String, _ leaf: Certificate, at link: String
    ) -> OperationBody.Verify {
        guard let endpoint = last.endpoint, let connectedAt = last.connectedAt,
            let certificate = last.certificate, let signature = last.signature
        else {
            return unproven(
                last, leaf, link, "device_not_connected", "by its own word it has not connected yet")
        }
        let statement = DeviceStatement(nonce: nonce, name: signer, signature: signature)
        let proof = ConnectionProof(
            device: device.lane, endpoint: endpoint, witness: .device, extent: .authenticated,
            provenAt: connectedAt, certificate: certificate, isCertificateOnRecord: true,
            statement: statement)
        guard let message = statement.message(of: proof),
            leaf.isSigned(message, by: Base64.decode(signature) ?? [])
        else {
            return unproven(
                last, leaf, link, "device_signature_false",
                "its signature is not over this question, or not by the key of its certificate on record")
        }
        guard certificate == leaf.summary.fingerprint else {
            return unproven(
                last, leaf, link, "connected_with_another",
                "it connected with another certificate than it has now")
        }
        guard connectedAt >= leaf.summary.notBefore,
            connectedAt <= now.advanced(bySeconds: Self.clockSeconds)
        else {
            return unproven(
                last, leaf, link, "device_clock",
                "by its clock it connected on \(connectedAt.minute), which cannot be")
        }
        return .proven(proof)
    }

    private func unproven(
        _ last: LastConnection, _ leaf: Certificate, _ link: String, _ code: String, _ text: String
    ) -> OperationBody.Verify {
        .failed(
            ConnectionFailure(
                device: device.lane, endpoint: last.endpoint ?? link, witness: .device, triedAt: now,
                certificate: last.certificate,
                isCertificateOnRecord: last.certificate.map { $0 == leaf.summary.fingerprint },
                cause: ConnectionFailure.Cause(code: code, text: text)))
    }

    private func failure(_ code: ExitCode, _ id: String, _ what: String, _ nextStep: String) -> CommandFailure
    {
        CommandFailure(code, id, "Nothing is proven of \(name): \(what).", nextStep)
    }
}

extension OperationBody.Verify {
    /// Who was there when it was said.
    fileprivate mutating func note(_ person: OperatorID) {
        switch self {
        case .proven(var proof):
            proof.operatorID = person
            self = .proven(proof)
        case .failed(var failure):
            failure.operatorID = person
            self = .failed(failure)
        case .asked: break
        }
    }
}

extension IdentityComparison {
    /// - Throws: `otherDevice` or `nothingToCompare` where it is not the device that was scanned.
    func check(expected name: String) throws(HandOverError) {
        guard !isSameDevice else { return }
        guard let difference = different.first else { throw .nothingToCompare(expected: name) }
        throw .otherDevice(
            expected: name, field: difference.field, scanned: difference.scanned, said: difference.said)
    }
}
