import Canvas
import Model

extension VerifyScreen {
    package func view(_ context: Context) -> View {
        let blocks: [View.Block] =
            switch phase {
            case .ready: ready(context)
            case .running: [.text(running(context), .normal)] + seen(context) + mark(context)
            case .ended(let end): ending(end, context) + seen(context) + [button(context)]
            }
        return View(title: "\(context.say(.actionVerify)) · \(name)", blocks: blocks)
    }

    private func button(_ context: Context) -> View.Block {
        if phase == .ready, let missing { return .text("! " + context.say(missing), .warning) }
        let words: Phrase =
            switch mainAction {
            case .sync: .verifySync
            case .open: .verifyOpen
            default: phase == .ready ? .verifyStart : .doAgain
            }
        return .button(mainAction, context.say(words))
    }

    // MARK: Before it

    /// Where there is little room, what can be done and what is known go before with what.
    private func ready(_ context: Context) -> [View.Block] {
        let known = [button(context)] + standing(context)
        return context.size.rows < 14
            ? known + tools(context) + [others(context)]
            : tools(context) + known + [others(context)]
    }

    /// With what Muster tries it itself.
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

    /// Who else can be asked.
    private func others(_ context: Context) -> View.Block {
        let none = context.say(.principalNone)
        return .facts([
            View.Fact(context.say(.factTarget), device?.target?.target.rawValue ?? none),
            View.Fact(context.say(.factLink), way(context)?.link ?? none),
        ])
    }

    /// What is on record.
    private func standing(_ context: Context) -> [View.Block] {
        guard let facts else { return [.text(context.say(.loading), .hint)] }
        var blocks: [View.Block] = []
        if facts.question != nil { blocks.append(.text("… " + context.say(.verifyIsAsked), .hint)) }
        if let failure = facts.failure {
            let words = context.say(.verifyFailedAt, failure.endpoint, failure.cause.code)
            blocks.append(.text("! \(words), \(failure.triedAt.minute)", .warning))
        }
        if let proof = facts.proof { blocks.append(.text("✓ " + proof.words(context), .good)) }
        return blocks.isEmpty ? [.text(context.say(.verifyNothing), .hint)] : blocks
    }

    // MARK: While it goes on

    private func running(_ context: Context) -> String {
        switch witness {
        case .muster: context.say(.verifyRunning, endpoint ?? "")
        case .target: context.say(.verifyAskingTarget)
        case .device(let way): context.say(.verifyAskingDevice, way.link)
        }
    }

    /// What was seen on the way.
    private func seen(_ context: Context) -> [View.Block] {
        steps.compactMap { step in
            switch step {
            case .handshake(let evidence):
                .text(
                    "✓ " + context.say(.verifyHandshake, evidence.version, evidence.verifiedName), .good)
            case .roundTrip(let trip):
                .text("✓ " + context.say(.verifyRoundTrip, trip.version, trip.topic), .good)
            case .presented(let chain):
                .text(
                    "! " + context.say(.verifyPresented, chain.first?.subject ?? "–"), .warning)
            case .saved: nil
            }
        }
    }

    /// How far the operation is.
    private func mark(_ context: Context) -> [View.Block] {
        guard let kept else { return [] }
        return [
            .facts([
                View.Fact(
                    context.say(.factOperation), "\(kept.mark.symbol) \(context.say(kept.mark.phrase))",
                    role: kept.mark.role)
            ])
        ]
    }

    // MARK: Its end

    private func ending(_ end: VerifyEnd, _ context: Context) -> [View.Block] {
        switch end {
        case .proven(let proof, _):
            let proven: View.Block =
                isRefused
                ? .text("· " + proof.words(context), .normal) : .text("✓ " + proof.words(context), .good)
            return [proven] + refusal(context) + mark(context) + advice(proof, context)
        case .failed(let explanation, _):
            let start = witness == .muster ? context.say(.verifyNotProven) + " " : ""
            return reason(explanation, after: start, context) + refusal(context) + mark(context)
        case .awaited:
            let words: [View.Block] =
                isRefused ? refusal(context) : [.text("… " + context.say(awaited(context)), .normal)]
            return words + mark(context)
        case .notTried(let explanation): return reason(explanation, after: "", context)
        }
    }

    private func reason(_ explanation: Explanation, after start: String, _ context: Context) -> [View.Block] {
        let reason = context.language.explain(explanation)
        let asked: [View.Block] =
            asksInterruption ? [.text("? " + context.say(.verifyAsksInterruption), .warning)] : []
        return [.text("! " + start + reason.what, .bad)] + asked + [.text("→ " + reason.nextStep, .normal)]
    }

    /// Why the registrar did not take what was saved.
    private func refusal(_ context: Context) -> [View.Block] {
        guard isRefused else { return [] }
        let reason = kept?.problem.map { context.language.explain($0.explanation) }
        let what = [context.say(.verifyRefused), reason?.what].compactMap(\.self).joined(separator: " ")
        return [.text("! " + what, .bad)] + (reason.map { [.text("→ " + $0.nextStep, .normal)] } ?? [])
    }

    /// How far a question is that has no answer yet.
    private func awaited(_ context: Context) -> Phrase {
        switch kept?.mark {
        case .sent, .needsYou: .verifySent
        case .confirmed: .loading
        case .closed: .verifyGivenUp
        case .saved, nil:
            switch context.network {
            case .online, .syncing, .elsewhere: .verifySent
            case .signedOut: .verifyWaitsForSignIn
            case .unknown, .offline, .stranger: .verifyWaits
            }
        }
    }

    /// Where Muster had no key of the device, its target may know more.
    private func advice(_ proof: ConnectionProof, _ context: Context) -> [View.Block] {
        guard proof.claim == .serviceGenuine, missingTarget == nil else { return [] }
        return [.text("→ " + context.say(.verifyTargetKnows), .normal)]
    }
}

extension ConnectionProof {
    /// What is proven by whose word and when, in the language of the screens.
    func words(_ context: Context) -> String {
        let phrase: Phrase =
            switch (claim, witness) {
            case (.deviceOnline, .target): .proofTarget
            case (.deviceOnline, _): .proofDevice
            case (.principalsWork, _): .proofPrincipals
            case (.serviceGenuine, _): .proofService
            }
        let proven = context.say(phrase, endpoint, provenAt.minute)
        return isByOldOrNew == true ? "\(proven); \(context.say(.proofOldOrNew))" : proven
    }
}
