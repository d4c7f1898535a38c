import Canvas
package import Model

/// The proof that a device's principals connect to its service: tried here, with what is on record of it.
package struct VerifyScreen: Screen {
    private let lane: DeviceIdentifier
    private var device: DeviceFacts?
    private var facts: VerifyFacts?
    private var wish: VerifyWish
    private var steps: [VerifyStep] = []
    private var phase = Phase.ready
    /// The operation in which the end is kept, for its mark.
    private var kept: OutboxRow?
    /// Which file is being chosen.
    private var choosing = File.key

    private enum Phase: Equatable {
        case ready, running
        case ended(VerifyEnd)
    }

    private enum File { case key, root }

    package init(_ lane: DeviceIdentifier) {
        self.lane = lane
        wish = VerifyWish(lane: lane)
    }

    private var endpoint: String? { wish.endpoint ?? facts?.endpoint }

    /// What has to be said before anything can be tried.
    private var missing: Phrase? {
        if facts == nil { return .reasonStillLooking }
        if endpoint == nil { return .reasonNoService }
        let isKnown = wish.root != nil || (wish.endpoint == nil && facts?.hasRoots ?? false)
        return isKnown ? nil : .reasonNoRoot
    }

    package func offers(_ context: Context) -> [Offer] {
        let busy: Phrase? = phase == .running ? .reasonVerifying : nil
        return [
            Offer(.start, disabled: busy ?? missing), Offer(.keyFile, disabled: busy),
            Offer(.service, disabled: busy), Offer(.root, disabled: busy), Offer(.sync), Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.loadDevice(lane)), .request(.prepareVerify(lane))]
        case .storeChanged:
            return [.request(.loadDevice(lane)), .request(.prepareVerify(lane))] + lookAtKept
        case .answered(let answer): return take(answer, context)
        case .entered: return phase == .running ? [] : start(context)
        case .act(let action): return act(action, context)
        case .chose(.text(.service, let text)):
            wish.endpoint = text.isEmpty ? nil : text
            phase = .ready
            return []
        case .chose(.file(let path)):
            if choosing == .key { wish.key = path } else { wish.root = path }
            phase = .ready
            return []
        case .move, .touched, .scanned, .chose, .rawScan: return []
        }
    }

    private var lookAtKept: [Effect] {
        guard case .ended(let end) = phase, let id = end.operation else { return [] }
        return [.request(.loadOperations([id]))]
    }

    private mutating func take(_ answer: Answer, _ context: Context) -> [Effect] {
        switch answer {
        case .deviceLoaded(let facts):
            if facts.lane == lane { device = facts }
            return []
        case .verifyPrepared(let facts):
            if facts.lane == lane { self.facts = facts }
            return []
        case .verifyStepped(lane, let step):
            if phase == .running { steps.append(step) }
            return []
        case .verifyEnded(lane, let end):
            guard phase == .running else { return [] }
            phase = .ended(end)
            return lookAtKept + [.request(.prepareVerify(lane))]
        case .operationsLoaded(let rows):
            if case .ended(let end) = phase {
                kept = rows.first { $0.operationID == end.operation } ?? kept
            }
            return []
        default: return []
        }
    }

    private mutating func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .start: return start(context)
        case .keyFile:
            choosing = .key
            return [.open(.files(FilesScreen(.key)))]
        case .root:
            choosing = .root
            return [.open(.files(FilesScreen(.root)))]
        case .service: return [.open(.text(TextScreen(.service, text: endpoint ?? "mqtts://")))]
        case .sync: return [.request(.syncNow)]
        case .back: return [.back(nil)]
        default: return []
        }
    }

    private mutating func start(_ context: Context) -> [Effect] {
        if let missing { return [.notice(Notice(.warning, context.say(missing)))] }
        guard phase != .running else { return [] }
        (phase, steps, kept) = (.running, [], nil)
        return [.request(.verify(wish))]
    }

    // MARK: What is seen

    package func view(_ context: Context) -> View {
        let name = device?.identity.displayName ?? lane.value
        let blocks: [View.Block] =
            switch phase {
            case .ready: tools(context) + [button(context)] + standing(context)
            case .running: [.text(context.say(.verifyRunning, endpoint ?? ""), .normal)] + seen(context)
            case .ended(let end): ending(end, context) + seen(context) + [button(context)]
            }
        return View(title: "\(context.say(.actionVerify)) · \(name)", blocks: blocks)
    }

    private func button(_ context: Context) -> View.Block {
        if phase == .ready, let missing { return .text("! " + context.say(missing), .warning) }
        return .button(.start, context.say(phase == .ready ? .verifyStart : .doAgain))
    }

    /// With what it is tried.
    private func tools(_ context: Context) -> [View.Block] {
        let key: String =
            if let path = wish.key { path } else {
                context.say(facts?.holdsKey ?? false ? .verifyKeyInVault : .verifyNoKey)
            }
        let root =
            wish.root
            ?? context.say(
                wish.endpoint == nil && facts?.hasRoots ?? false ? .serviceGivenOut : .principalNone)
        return [
            .facts([
                View.Fact(context.say(.factService), endpoint ?? context.say(.principalNone)),
                View.Fact(context.say(.principalKey), key),
                View.Fact(context.say(.principalRootCA), root),
            ])
        ]
    }

    /// What is on record.
    private func standing(_ context: Context) -> [View.Block] {
        guard let facts else { return [.text(context.say(.loading), .hint)] }
        var blocks: [View.Block] = []
        if let failure = facts.failure {
            let words = context.say(.verifyFailedAt, failure.endpoint, failure.cause.code)
            blocks.append(.text("! \(words), \(failure.triedAt.minute)", .warning))
        }
        if let proof = facts.proof { blocks.append(.text("✓ " + proof.words(context), .good)) }
        return blocks.isEmpty ? [.text(context.say(.verifyNothing), .hint)] : blocks
    }

    /// What was seen on the way.
    private func seen(_ context: Context) -> [View.Block] {
        steps.map { step in
            switch step {
            case .handshake(let evidence):
                .text(
                    "✓ " + context.say(.verifyHandshake, evidence.version, evidence.verifiedName), .good)
            case .roundTrip(let trip):
                .text("✓ " + context.say(.verifyRoundTrip, trip.version, trip.topic), .good)
            case .presented(let chain):
                .text(
                    "! " + context.say(.verifyPresented, chain.first?.subject ?? "–"), .warning)
            }
        }
    }

    private func ending(_ end: VerifyEnd, _ context: Context) -> [View.Block] {
        let mark = kept.map { row in
            [
                View.Block.facts([
                    View.Fact(
                        context.say(.factOperation), "\(row.mark.symbol) \(context.say(row.mark.phrase))",
                        role: row.mark.role)
                ])
            ]
        }
        switch end {
        case .proven(let proof, _): return [.text("✓ " + proof.words(context), .good)] + (mark ?? [])
        case .failed(let explanation, _), .notTried(let explanation):
            let reason = context.language.explain(explanation)
            return [
                .text("! " + context.say(.verifyNotProven) + " " + reason.what, .bad),
                .text("→ " + reason.nextStep, .normal),
            ] + (mark ?? [])
        }
    }
}

extension ConnectionProof {
    /// What is proven and when, in the language of the screens.
    func words(_ context: Context) -> String {
        let phrase: Phrase =
            switch claim {
            case .deviceOnline: .proofOnline
            case .principalsWork: .proofPrincipals
            case .serviceGenuine: .proofService
            }
        return context.say(phrase, endpoint, provenAt.minute)
    }
}
