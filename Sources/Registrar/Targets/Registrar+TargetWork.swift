import Credentials
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets

extension Registrar {
    /// Tasks in hand at once: enough to keep a cloud busy, few enough for its patience.
    private static let tasksAtOnce = 16
    /// After a fault of this side.
    private static let faultSeconds = 60

    /// Works at what is due at targets until nothing is, or the time is over: for the operations first, then at everything
    /// else when `others` says so.
    ///
    /// - Returns: how many tasks have ended, well or not.
    @discardableResult
    package func workAtTargets(
        for operations: [OperationID] = [], others: Bool = true, until deadline: Timestamp
    ) async throws(RegistrarError) -> Int {
        do {
            async let tried: Void = tryTargets()
            let ended = try await workUntilNothingIsDue(operations, others: others, until: deadline)
            try await tried
            try await desk.governors.keep()
            try await keepSightings()
            return ended
        } catch { throw RegistrarError(ofTarget: error) }
    }

    /// Keeps as many tasks in hand as there may be: whenever some have ended, others are taken up.
    private func workUntilNothingIsDue(
        _ operations: [OperationID], others: Bool, until deadline: Timestamp
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: FinishedTurn.self) { group in
            var (inHand, ended) = (0, 0)
            var turns: [FinishedTurn] = []
            repeat {
                if inHand <= Self.tasksAtOnce / 2, environment.now() < deadline, !Task.isCancelled {
                    let tasks = try await store.takeTasks(
                        of: operations, others: others, limit: Self.tasksAtOnce - inHand,
                        at: environment.now())
                    let targets = try await targetsByID(for: tasks)
                    for task in tasks {
                        group.addTask { await self.turn(at: task, targets[task.target], until: deadline) }
                    }
                    inHand += tasks.count
                }
                guard let turn = try await group.next() else { break }
                inHand -= 1
                turns.append(turn)
                guard inHand <= Self.tasksAtOnce / 2 else { continue }
                try await store.end(turns.map { ($0.task, $0.turn) }, at: environment.now())
                try await keepSightings()
                ended += turns.filter(\.hasEnded).count
                turns = []
            } while true
            return ended
        }
    }

    private func targetsByID(for tasks: [TargetTask]) async throws -> [TargetID: StoredTarget] {
        guard !tasks.isEmpty else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: try await store.targets().map { ($0.summary.targetID, $0) })
    }

    private struct FinishedTurn: Sendable {
        var task: TargetTask
        var turn: TargetTurn

        var hasEnded: Bool { if case .later = turn { false } else { true } }
    }

    /// One turn at a task; whatever goes wrong here leaves it for later.
    private func turn(
        at task: TargetTask, _ stored: StoredTarget?, until deadline: Timestamp
    ) async -> FinishedTurn {
        guard let stored else {
            return FinishedTurn(
                task: task,
                turn: .later(seconds: Self.faultSeconds, reason: "There is no target \(task.target)."))
        }
        var task = task
        do {
            let line = try desk.line(to: stored, opening: SealedTargetSecrets(keys: keys.sealing))
            let performer = TargetPerformer(line, world(of: task, line))
            let ending = try await performer.perform(&task.work, until: deadline)
            return FinishedTurn(task: task, turn: try turn(ending, of: task))
        } catch {
            let reason = (error as? any Explained)?.explanation.what ?? "\(error)"
            return FinishedTurn(task: task, turn: .later(seconds: Self.faultSeconds, reason: reason))
        }
    }

    private func world(of task: TargetTask, _ line: TargetConnection) -> TargetPerformer.World {
        let desk = desk
        return performingWorld(
            line, for: task.work.device.deviceID, as: task.isAwaited ? .interactive : .bulk,
            keep: { work in
                var kept = task
                kept.work = work
                try await desk.journal.keep(kept)
            })
    }

    /// The world for whoever performs work over a line: its account's governor admits each call and hears how it went.
    func performingWorld<Work: Sendable>(
        _ line: TargetConnection, for device: DeviceID?, as kind: GovernedClass,
        keep: @escaping @Sendable (Work) async throws -> Void
    ) -> PerformingWorld<Work> {
        let (environment, desk) = (environment, desk)
        return PerformingWorld(
            now: environment.now, pause: environment.pause,
            admit: { call in
                try await desk.governors.admit(
                    call, for: device, of: line.account, under: line.limits, as: kind)
            },
            answered: { call, fault, sent in
                await desk.governors.answered(
                    call, for: device, of: line.account, under: line.limits, LimitAnswer(fault), sent: sent)
            }, keep: keep, isAwaited: kind == .interactive)
    }

    private func turn(_ ending: TargetPerformer.Ending, of task: TargetTask) throws -> TargetTurn {
        switch ending {
        case .refused(let fault): .refused(fault, leftovers: task.work.leftovers)
        case .later(let seconds, let reason): .later(seconds: scattered(seconds), reason: reason)
        case .limited(let seconds, let reason): .later(seconds: seconds, reason: reason)
        case .done(let outcome): .done(try result(outcome, of: task))
        }
    }

    /// Up to half as much again, so that what waited together does not come back together.
    private func scattered(_ seconds: Int) -> Int {
        seconds + seconds * Int(environment.random(1).first ?? 0) / 512
    }

    /// The outcome without its secret: a symmetric key is sealed to whoever asked for it.
    private func result(_ outcome: TargetOutcome, of task: TargetTask) throws -> TargetResult {
        var result = TargetResult(
            device: outcome.device, serviceRoots: outcome.serviceRoots, seenAt: outcome.seenAt,
            leftovers: task.work.leftovers)
        if let chain = outcome.certificateChain {
            guard let leaf = try Certificate.chain(pem: chain).first else {
                throw CredentialsError.unreadable(
                    subject: "certificate chain", reason: "the target sent an empty one")
            }
            result.issued = IssuedCertificate(
                summary: leaf.summary, chain: chain, issuer: task.target.rawValue)
        }
        if let key = outcome.key, let to = task.sealTo.flatMap(Base64.decodeURL) {
            let sealed = try HPKE.seal(
                Array(key.unredacted.utf8), to: to, info: Array(Attestation.SymmetricKeyWish.info.utf8),
                associatedData: Array(task.operationID.rawValue.utf8))
            result.sealedKey = SealedBox(
                keyID: task.sealTo ?? "", encapsulatedKey: Base64.encodeURL(sealed.encapsulatedKey),
                ciphertext: Base64.encodeURL(sealed.ciphertext))
        }
        return result
    }
}

extension RegistrarError {
    /// What went wrong with a target, in the words of whatever it was.
    init(ofTarget error: any Error) {
        self =
            switch error {
            case let error as RegistrarError: error
            case let error as RegistrarStoreError: .store(error)
            case let error as CredentialsError: .credentials(error)
            case let error as any Explained: .target(error.explanation)
            default:
                .target(
                    Explanation(
                        id: "target_unreadable",
                        what: "What is kept of the target cannot be read: \("\(error)").",
                        nextStep: "Set it anew with `muster-registrar target change`."))
            }
    }
}
