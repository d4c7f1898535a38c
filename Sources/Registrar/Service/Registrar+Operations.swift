import Credentials
import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// Decides a batch. What cannot be read is answered for itself and does not hold up the rest.
    func submit(
        _ body: [UInt8], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> SubmissionReply {
        let submission: Submission = try Self.read(body)
        guard submission.operations.count <= RegistrarLimits.operationsPerBatch else {
            throw RequestFailure(
                Problem(
                    .requestTooLarge,
                    detail: "A batch holds at most \(RegistrarLimits.operationsPerBatch) operations."))
        }
        let items = submission.operations.map(arrival)
        let readable = items.compactMap { item in try? item.get() }
        var answers = try await decide(readable, by: caller, at: now)[...]
        var results: [OperationResult] = []
        for (item, arrival) in zip(submission.operations, items) {
            let id = item.operationID
            switch arrival {
            case .failure(let failure):
                results.append(OperationResult(operationID: id, problem: failure.problem))
            case .success:
                guard let answer = answers.popFirst() else { break }
                results.append(Self.result(id, answer))
            }
        }
        return SubmissionReply(results: results, serverTime: now)
    }

    /// Decides what could be read, and takes what waits for an issuer outside a step further.
    private func decide(
        _ readable: [ArrivedOperation], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> [OperationAnswer] {
        let url = try await ask { store in try await store.publicURL() }
        let issuer = try await ask { store in try await store.externalIssuer() }
        let workshop = workshop(pointingTo: Self.addresses(below: url), issuer: issuer)
        var decided = try await ask { store in
            try await store.decideOperations(
                readable, by: caller, at: now, under: policy, with: workshop)
        }
        if let issuer {
            // Only what waits is decided again: a refusal that counts against somebody is to count once.
            let places = decided.indices.filter { decided[$0].isInProgress }
            let waiting = places.map { readable[$0] }
            if try await enrol(waiting.map(\.frozen.operation.operationID), with: issuer) {
                let later = try await ask { store in
                    try await store.decideOperations(
                        waiting, by: caller, at: self.environment.now(), under: policy, with: workshop)
                }
                for (place, answer) in zip(places, later) { decided[place] = answer }
            }
        }
        return try await settle(decided, readable, by: caller, with: workshop)
    }

    /// Longer than this a batch does not wait for targets; what is left goes on by itself, or when it is sent again.
    private static let targetSeconds: Int64 = 20

    /// Has targets do what the batch asks of them: what waits is decided again, what follows from it is begun.
    private func settle(
        _ decided: [OperationAnswer], _ batch: [ArrivedOperation], by caller: Operator,
        with workshop: Workshop
    ) async throws(RequestFailure) -> [OperationAnswer] {
        var decided = decided
        let deadline = environment.now().advanced(bySeconds: Self.targetSeconds)
        guard try await ask({ store in try await store.nextTask() }) != nil else { return decided }
        let ended = try await ask { _ in
            try await workAtTargets(
                for: batch.map(\.frozen.operation.operationID), others: false, until: deadline)
        }
        let places = decided.indices.filter { decided[$0].isInProgress }
        guard ended > 0, !places.isEmpty else { return decided }
        let waiting = places.map { batch[$0] }
        let later = try await ask { store in
            try await store.decideOperations(
                waiting, by: caller, at: self.environment.now(), under: policy, with: workshop)
        }
        for (place, answer) in zip(places, later) { decided[place] = answer }
        // What follows from these, such as leaving an old place.
        try await ask { _ in
            _ = try await workAtTargets(
                for: waiting.map(\.frozen.operation.operationID), others: false, until: deadline)
        }
        return decided
    }

    func operation(
        _ id: OperationID, seenBy caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> OperationResult {
        let answer = try await ask { store in try await store.operation(id, seenBy: caller, at: now) }
        guard let answer else { throw RequestFailure(Problem(.operationUnknown)) }
        return Self.result(id, answer)
    }

    private static func result(_ id: OperationID, _ answer: OperationAnswer) -> OperationResult {
        switch answer {
        case .receipt(let receipt): OperationResult(operationID: id, receipt: receipt)
        case .problem(let problem): OperationResult(operationID: id, problem: problem)
        }
    }

    /// Reads one item of a batch, with everything of it that takes time.
    private func arrival(_ item: Submission.Item) -> Result<ArrivedOperation, RequestFailure> {
        guard let payload = Base64.decodeURL(item.payload) else {
            return .failure(
                RequestFailure(Problem(.operationMalformed, detail: "The payload must be base64url.")))
        }
        let frozen: FrozenOperation
        do { frozen = try FrozenOperation(payload: payload, digest: Digest.sha256) } catch {
            let version = try? CanonicalJSON.decode(OperationVersion.self, from: payload).version
            let isNewer = (version ?? 0) > Operation.currentVersion
            return .failure(RequestFailure(Problem(isNewer ? .versionUnsupported : .operationMalformed)))
        }
        let operation = frozen.operation
        guard operation.operationID == item.operationID else {
            return .failure(
                RequestFailure(Problem(.operationMalformed, detail: "The payload is of another operation.")))
        }
        var arrived = ArrivedOperation(frozen: frozen, signature: item.signature)
        switch operation.body {
        case .claim(let claim): arrived.secrets = secrets(of: claim, operation.operationID)
        case .provision(let provision): arrived.certificateRequest = Self.facts(of: provision)
        case .place, .reprovision, .release, .revoke, .verify, .note: break
        }
        return .success(arrived)
    }

    /// Reads a JSON body.
    static func read<Body: Decodable>(_ body: [UInt8]) throws(RequestFailure) -> Body {
        do { return try CanonicalJSON.decode(Body.self, from: body) } catch {
            throw RequestFailure(Problem(.requestMalformed))
        }
    }
}

extension OperationAnswer {
    fileprivate var isInProgress: Bool {
        if case .problem(let problem) = self { problem.knownCode == .inProgress } else { false }
    }
}

/// The one member of an operation that every version has.
private struct OperationVersion: Decodable {
    var version: Int
}
