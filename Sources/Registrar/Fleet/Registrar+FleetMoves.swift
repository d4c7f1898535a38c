import AWSIoT
import Credentials
import Model
import RegistrarCore
import RegistrarStore
import Wire

/// A move of a device to a target that the registrar makes by itself: an operation like any other, so that record,
/// history and what follows from it are as with any other. Its bytes are kept before it is first decided.
struct FleetMove: Codable {
    /// The frozen operation in base64url.
    var operation: String
    /// The handing over of the device's certificate that comes before it.
    var transfer: CertificateTransfer?
}

extension Registrar {
    private static let ownStore = StoreReference(storeID: StoreID(trusted: "registrar"), epoch: 1)

    /// The operation that moves a device, made once.
    func move(
        _ device: DeviceRecord, to target: TargetID, saying summary: String,
        transfer: CertificateTransfer? = nil
    ) throws -> FleetMove {
        guard let tenant = device.tenant, let lane = device.identifiers.first else {
            throw FleetError.unknownDevice(device.deviceID)
        }
        let now = environment.now()
        let operation = Operation(
            operationID: OperationID(milliseconds: now.milliseconds, random: environment.random(10)),
            body: .reprovision(OperationBody.Reprovision(target: target)), tenant: tenant,
            site: device.site, lane: lane, laneSequence: Int(now.milliseconds),
            operatorID: Self.localAdministrator.operatorID, store: Self.ownStore,
            capturedAt: CaptureTime(wall: now, bootID: "registrar", monotonicMilliseconds: 0),
            summary: summary)
        let frozen = try FrozenOperation(operation, digest: Digest.sha256)
        return FleetMove(operation: Base64.encodeURL(frozen.payload), transfer: transfer)
    }

    /// Has the operation of a move decided, and the entry ended when it has taken effect; the device afterwards. An entry that
    /// stays open when it was refused can be asked for again.
    func carryOut(
        _ move: FleetMove, _ entry: FleetEntry, whenRefused: FleetEntry.State
    ) async throws -> DeviceRecord {
        let bytes = Base64.decodeURL(move.operation) ?? []
        let frozen = try FrozenOperation(payload: bytes, digest: Digest.sha256)
        let reply: SubmissionReply
        do {
            reply = try await submit(
                try CanonicalJSON.encode(Submission(operations: [Submission.Item(frozen)])),
                by: Self.localAdministrator, at: environment.now())
        } catch let failure as RequestFailure { throw FleetError.operation(failure.problem) }
        guard let result = reply.results.first, let receipt = result.receipt else {
            let problem = reply.results.first?.problem ?? Problem(.unavailable)
            try await end(entry, problem.retryable ? .open : whenRefused, saying: problem.detail)
            throw problem.knownCode == .inProgress
                ? FleetError.unfinished(reason: problem.detail) : FleetError.operation(problem)
        }
        let device = try await movedDevice(receipt)
        try await end(entry, .done, saying: device.target.map { "\($0.name) at \($0.target)" })
        return device
    }

    private func movedDevice(_ receipt: String) async throws -> DeviceRecord {
        let payload = try JWS.verify(
            receipt, keys: [try keys.receiptKeyID: try VerifyingKey(raw: try keys.receipt.publicKey)],
            type: Receipt.type)
        let id = try CanonicalJSON.decode(Receipt.self, from: payload).deviceID
        return try await knownDevice(id)
    }

    /// A device that somebody owns.
    func knownDevice(_ id: DeviceID) async throws -> DeviceRecord {
        let device = try await store.device(id, seenBy: Self.localAdministrator, at: environment.now())
        guard let device, device.tenant != nil else { throw FleetError.unknownDevice(id) }
        return device
    }
}
