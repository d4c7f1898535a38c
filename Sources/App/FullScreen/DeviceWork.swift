import CommandTable
import HandOver
import Model
import Screens
import Store

/// Hand-overs and verifications for the screens, with what the commands do them with. Each goes on by itself, so that no
/// screen waits for a device; one of each at a time.
actor DeviceWork {
    /// `HandOver` has answers of its own: those of devices.
    typealias Answer = Screens.Answer

    private let mailbox: Mailbox
    private var handOver: (lane: DeviceIdentifier, task: Task<Void, Never>)?
    private var verification: Task<Void, Never>?

    init(_ mailbox: Mailbox) {
        self.mailbox = mailbox
    }

    private nonisolated func answer(_ answer: Answer) { mailbox.post(.answered(answer)) }

    // MARK: Hand-over

    /// The links that there are, and how the last hand-over stands.
    static func links(_ lane: DeviceIdentifier, _ companion: Companion) throws -> Answer {
        let record = try HandOverJournal.record(directory: companion.directory, lane: lane)
        return .linksFound(lane, FoundLinks(companion.surroundings), record)
    }

    func start(_ wish: HandOverWish, _ companion: Companion) {
        let lane = wish.lane
        guard handOver == nil else {
            return answer(.handOverEnded(lane, .failed(Self.handOverBusy)))
        }
        let task = Task {
            let end = await self.end(of: wish, companion.ordered(wish.invocation))
            self.handOver = nil
            self.answer(.handOverEnded(lane, end))
            self.mailbox.post(.storeChanged)
        }
        handOver = (lane, task)
    }

    private static let handOverBusy = Explanation(
        id: "hand_over_busy",
        what: "Nothing was done: a hand-over that was stopped has not ended yet.",
        nextStep: "Wait a little, then press AGAIN.")

    func stop(_ lane: DeviceIdentifier) {
        if let handOver, handOver.lane == lane { handOver.task.cancel() }
    }

    private func end(of wish: HandOverWish, _ companion: Companion) async -> HandOverEnd {
        do {
            guard let choice = try LinkChoice("to", companion) else { return .paused }
            let device = try await companion.device(wish.lane.rawValue)
            var run = try await HandOverRun(
                companion, device, over: choice, endpoint: wish.way.service,
                acceptsNewKey: wish.acceptsNewKey
            ) { [self] in answer(.handOverStepped(wish.lane, $0)) }
            _ = try await run.run()
            return run.record.state == .done ? .done : .paused
        } catch { return .failed(CommandFailure(error).explanation) }
    }

    // MARK: Verification

    func start(_ wish: VerifyWish, _ companion: Companion) {
        let lane = wish.lane
        if let busy = busy(for: wish.witness) { return answer(.verifyEnded(lane, .notTried(busy))) }
        verification = Task {
            let end = await self.end(of: wish, companion.ordered(wish.invocation))
            self.verification = nil
            self.answer(.verifyEnded(lane, end))
            self.mailbox.post(.storeChanged)
        }
    }

    /// What is not ended yet and would be in the way; a device can be spoken to by one alone.
    private func busy(for witness: VerifyWish.Witness) -> Explanation? {
        if case .device = witness, handOver != nil { return Self.handOverBusy }
        guard verification != nil else { return nil }
        return Explanation(
            id: "verify_busy", what: "Nothing was sent: another verification has not ended yet.",
            nextStep: "Wait a little, then press AGAIN.")
    }

    private func end(of wish: VerifyWish, _ companion: Companion) async -> VerifyEnd {
        let lane = wish.lane
        let saved: @Sendable (OperationID) -> Void = { [self] in answer(.verifyStepped(lane, .saved($0))) }
        do {
            switch wish.witness {
            case .muster: return try await tried(lane, companion)
            case .target:
                let device = try await companion.device(lane.rawValue)
                return VerifyEnd(
                    try await TargetWitness(companion: companion, device: device, saved: saved).ask())
            case .device:
                let device = try await companion.device(lane.rawValue)
                return VerifyEnd(
                    try await DeviceWitness(companion: companion, device: device, saved: saved).ask())
            }
        } catch { return .notTried(CommandFailure(error).explanation) }
    }

    /// Muster connects itself.
    private func tried(_ lane: DeviceIdentifier, _ companion: Companion) async throws -> VerifyEnd {
        let command = VerifyCommand(companion: companion) { [self] in answer(.verifyStepped(lane, $0)) }
        let outcome = try await command.prove()
        if case .proven(let proof) = outcome.verify { return .proven(proof, outcome.operation) }
        guard let cause = outcome.cause ?? outcome.failure?.explanation else {
            preconditionFailure("a verification that failed has a cause")
        }
        return .failed(cause, outcome.operation)
    }

    /// What is known by now of the answer to a question that was saved.
    static func answer(to question: OperationID, _ companion: Companion) async throws -> VerifyEnd {
        VerifyEnd(try await Testimony(to: question, code: .done, in: companion.store))
    }

    /// What is at hand for a verification, and what is on record.
    static func facts(_ lane: DeviceIdentifier, _ companion: Companion) async throws -> VerifyFacts {
        let device = try await companion.device(lane.rawValue)
        let (session, registrar) = try await companion.session()
        let known = try await DeviceServices(companion.store, registrar.registrar, of: device).all
        let service = known.first { ServiceEndpoint($0.endpoint) != nil }
        let holders = try await companion.store.ownersOfSecret(VaultDesk.SecretName.deviceKey(lane))
        let standing = try await DeviceProofs(store: companion.store).standing(of: device)
        return VerifyFacts(
            lane: lane, endpoint: service?.endpoint, hasRoots: !(service?.roots.isEmpty ?? true),
            holdsKey: holders.contains(VaultOwner(session)),
            canAskTarget: TargetWitness.canBeAsked(about: device), proof: standing.proof,
            failure: standing.failure, question: standing.question)
    }
}

extension VerifyEnd {
    /// As a witness has it.
    init(_ testimony: Testimony) {
        switch testimony.verify {
        case .proven(let proof): self = .proven(proof, testimony.operation)
        case .failed(let failure): self = .failed(failure.explanation, testimony.operation)
        case .asked, nil: self = .awaited(testimony.operation)
        }
    }
}
