import Canvas
import HandOver
import Model

extension HandOverScreen {
    package func view(_ context: Context) -> View {
        let blocks: [View.Block] =
            switch phase {
            case .choosing: choosing(context)
            case .ready: ready(context)
            case .running, .stopping: running(context)
            case .ended(let end): ended(end, context)
            }
        let title: Phrase = purpose == .asking ? .actionWay : .actionHandOver
        return View(title: "\(context.say(title)) · \(name)", blocks: blocks)
    }

    /// What became of the last hand-over.
    func standing(_ context: Context) -> [View.Block] {
        guard let record else { return [] }
        let (day, link) = (record.updatedAt.minute, record.link)
        return switch record.state {
        case .done: [.text("✓ " + context.say(.handOverWasDone, day, link), .good)]
        case .refused: [.text("! " + context.say(.handOverWasRefused, day, link), .warning)]
        case .identify, .request, .issue, .install, .activate, .confirm:
            [.text("! " + context.say(.handOverWasOpen, day, link), .warning)]
        }
    }

    private func running(_ context: Context) -> [View.Block] {
        [
            .text(
                context.say(phase == .stopping ? .handOverStopping : .handOverRunning, way?.link ?? ""),
                phase == .stopping ? .warning : .normal), stages(context),
        ] + remarks(context)
    }

    private func stages(_ context: Context) -> View.Block {
        let stages = HandOverStages(steps, isRunning: isBusy)
        return .list(stages.items(context), selected: stages.current)
    }

    private func remarks(_ context: Context) -> [View.Block] {
        steps.compactMap { step in
            switch step {
            case .notEncrypted(let link): .text("! " + context.say(.stepNotEncrypted, link), .warning)
            case .keyWiped: .text(context.say(.stepKeyWiped), .hint)
            case .symmetricKeyWiped: .text(context.say(.stepSymmetricKeyWiped), .hint)
            default: nil
            }
        }
    }

    private func ended(_ end: HandOverEnd, _ context: Context) -> [View.Block] {
        switch end {
        case .done:
            let mark = note.map { row in
                "\(row.mark.symbol) \(context.say(row.mark.phrase)): \(row.state.words(context))"
            }
            return [
                .text("✓ " + context.say(.handOverDone, name), .good),
                .facts([
                    View.Fact(
                        context.say(.stageRecord), mark ?? context.say(.loading),
                        role: note?.mark.role ?? .hint)
                ]), stages(context),
            ] + remarks(context)
        case .paused:
            return [
                .text("! " + pause(context), .warning), .button(.start, context.say(.doAgain)),
                stages(context),
            ] + remarks(context)
        case .failed(let explanation):
            let reason = context.language.explain(explanation)
            let asked = question.map { question in
                View.Block.text(
                    "? " + context.say(question == .newKey ? .handOverAsksNewKey : .handOverAsksMakeKey),
                    .warning)
            }
            // Where there is little room, why it failed and what is asked go before how far it came.
            let progress = context.size.rows < 14 ? [] : [stages(context)]
            return [.text("! " + reason.what, .bad)] + (asked.map { [$0] } ?? [])
                + [.text("→ " + reason.nextStep, .normal), .button(.start, context.say(.doAgain))] + progress
        }
    }

    /// What it waits for, by the last step.
    private func pause(_ context: Context) -> String {
        let link = way?.link ?? ""
        for step in steps.reversed() {
            switch step {
            case .deviceAway(isCarried: true): return context.say(.handOverCarry, link)
            case .deviceAway(isCarried: false): return context.say(.handOverLies, link)
            case .certificateOutstanding: return context.say(.handOverOutstanding)
            case .keyOutstanding: return context.say(.handOverKeyOutstanding)
            default: continue
            }
        }
        return context.say(.handOverOutstanding)
    }
}
