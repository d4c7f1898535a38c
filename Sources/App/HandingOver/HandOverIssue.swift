import CommandTable
import HandOver
import Model
import Store
import SyncCore

/// The operations of a hand-over: the request for the certificate, and the note with the evidence. Each is
/// made once, whatever interrupted the run that made it.
struct HandOverIssue {
    private let companion: Companion
    private let device: StoredDevice
    private let registrar: RegistrarProfile
    private let record: HandOverRecord

    init(_ run: HandOverRun) {
        companion = run.companion
        device = run.device
        registrar = run.registrar
        record = run.record
    }

    /// What came of the request.
    struct Outcome {
        var operation: OperationID
        /// PEM, when the certificate is there.
        var chain: String?
        var code: ExitCode
    }

    /// The certificate for a request; saves the operation when there is none yet, and tries to send what is
    /// open.
    func chain(for request: DeviceRequest) async throws -> Outcome {
        let encoded = Base64.encode(request.der)
        let id: OperationID
        if let known = try await known(request, encoded) {
            id = known
        } else {
            try await KeyPolicy(companion, registrar, of: device.identity).check(request.origin)
            try await RequestLint(companion: companion)
                .remark(on: request.der, of: device.identity, in: device.lane)
            id = try await add(
                .provision(
                    OperationBody.Provision(
                        certificateRequest: encoded, keyOrigin: request.origin,
                        target: try ProvisionChoice.target(companion.context.invocation))))
        }
        if let chain = try await companion.store.entry(id)?.receipt?.certificateChain {
            return Outcome(operation: id, chain: chain, code: .done)
        }
        let code = try await SendingAfterwards(companion).run([id])
        let chain = try await companion.store.entry(id)?.receipt?.certificateChain
        return Outcome(operation: id, chain: chain, code: chain == nil && code == .done ? .failed : code)
    }

    /// The operation that was made for this request before, unless a person closed it, or wants the device elsewhere.
    private func known(_ request: DeviceRequest, _ encoded: String) async throws -> OperationID? {
        let isOfRecord = record.request == request.hash
        let wish = try ProvisionChoice.target(companion.context.invocation)
        for entry in try await entries(of: .provision) {
            if isOfRecord, entry.operationID == record.operation { return entry.operationID }
            guard entry.state != .archived, case .provision(let body) = try await body(of: entry) else {
                continue
            }
            if body.certificateRequest == encoded, wish == nil || wish == body.target {
                return entry.operationID
            }
        }
        return nil
    }

    /// Saves the evidence in the device's history, and tries to send it.
    func note(_ record: inout HandOverRecord, _ journal: HandOverJournal) async throws -> ExitCode {
        let id: OperationID
        if let known = try await knownNote() {
            id = known
        } else {
            id = try await add(.note(OperationBody.Note(text: record.evidence)))
        }
        record.note = id
        try journal.save(record)
        return try await SendingAfterwards(companion).run([id])
    }

    private func knownNote() async throws -> OperationID? {
        guard let bundle = record.bundle else { return nil }
        for entry in try await entries(of: .note) {
            if entry.operationID == record.note { return entry.operationID }
            guard entry.state != .archived, case .note(let note) = try await body(of: entry) else { continue }
            if note.text.contains("bundle \(bundle)") { return entry.operationID }
        }
        return nil
    }

    /// Newest first.
    private func entries(of kind: OperationBody.Kind) async throws -> [OutboxEntry] {
        try await companion.store.history(device.lane).reversed().filter { entry in
            entry.kind == kind && entry.state != .withdrawn && entry.state != .superseded
        }
    }

    private func body(of entry: OutboxEntry) async throws -> OperationBody {
        try await companion.store.frozen(entry.operationID).operation.body
    }

    private func add(_ body: OperationBody) async throws -> OperationID {
        let tenant: TenantID =
            if let known = device.tenant { known } else { try await Place(companion, registrar).tenant() }
        return try await Settling(companion: companion).add(body, to: device, tenant: tenant)
    }
}
