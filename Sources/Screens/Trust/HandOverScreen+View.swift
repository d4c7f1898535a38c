import Canvas
import HandOver
import Model

extension HandOverScreen {
    /// A way that can be chosen.
    struct Entry {
        enum Way {
            case known(HandOverWay)
            /// To be typed; the text begins so.
            case typed(String)
        }

        var way: Way
        var cells: [String]
    }

    /// The way of the last time first, then what there is, then what can be typed.
    func entries(_ context: Context) -> [Entry] {
        var entries: [Entry] = []
        func add(_ way: HandOverWay, _ words: String...) {
            let isThere = entries.contains { entry in
                if case .known(let known) = entry.way { known.link == way.link } else { false }
            }
            guard !isThere else { return }
            entries.append(Entry(way: .known(way), cells: [way.link] + words))
        }
        if let record, record.state != .done {
            let known = context.ways[facts?.identity.product]
            let way = known?.link == record.link ? known : nil
            add(way ?? HandOverWay(record.link), context.say(.linkInterrupted))
        }
        if let last = context.ways[facts?.identity.product] { add(last, context.say(.linkLast)) }
        for stick in links.sticks { add(HandOverWay(stick), context.say(.linkStick)) }
        for line in links.serialLines { add(HandOverWay(line), context.say(.linkSerial)) }
        for device in announced { add(HandOverWay(device.to), device.name, device.serial ?? "") }
        let typed: [(String, Phrase)] = [
            ("dir:", .linkOtherFolder), ("serial:/dev/", .linkOtherLine), ("https://", .linkOtherAddress),
            ("ssh://", .linkOtherLogin),
        ]
        return entries
            + typed.map { start, phrase in
                Entry(way: .typed(start), cells: [start + "…", context.say(phrase)])
            }
    }

    package func view(_ context: Context) -> View {
        let blocks: [View.Block] =
            switch phase {
            case .choosing: choosing(context)
            case .ready: ready(context)
            case .running, .stopping: running(context)
            case .ended(let end): ended(end, context)
            }
        return View(title: "\(context.say(.actionHandOver)) · \(name)", blocks: blocks)
    }

    private func choosing(_ context: Context) -> [View.Block] {
        let items = entries(context).map { View.Item($0.cells) }
        return standing(context) + [
            .text(context.say(isLooking ? .linksLooking : .linksPrompt), .hint),
            .list(items, selected: list.index(of: items.count)),
        ]
    }

    /// What became of the last hand-over.
    private func standing(_ context: Context) -> [View.Block] {
        guard let record else { return [] }
        let (day, link) = (record.updatedAt.minute, record.link)
        return switch record.state {
        case .done: [.text("✓ " + context.say(.handOverWasDone, day, link), .good)]
        case .refused: [.text("! " + context.say(.handOverWasRefused, day, link), .warning)]
        case .identify, .request, .issue, .install, .activate, .confirm:
            [.text("! " + context.say(.handOverWasOpen, day, link), .warning)]
        }
    }

    private func ready(_ context: Context) -> [View.Block] {
        guard let way else { return [] }
        var blocks: [View.Block] = [.facts(wayFacts(way, context))]
        if let missing = way.missing {
            blocks.append(.text("! " + context.say(missing), .warning))
        } else {
            blocks += [
                .button(.start, context.say(.handOverStart)), .text(context.say(.handOverPromise), .hint),
            ]
        }
        return blocks
    }

    private func wayFacts(_ way: HandOverWay, _ context: Context) -> [View.Fact] {
        var facts = [View.Fact(context.say(.factLink), way.link)]
        if let knownBy = way.knownBy { facts.append(View.Fact(context.say(.factKnownBy), knownBy)) }
        if let console = way.console { facts.append(View.Fact(context.say(.factConsole), console)) }
        return facts + [
            View.Fact(context.say(.factService), way.service ?? context.say(.serviceGivenOut))
        ]
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
