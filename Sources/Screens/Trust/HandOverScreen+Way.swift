import Canvas
import HandOver
import Model

/// How the device is reached: what can be chosen, and what is still to be said of it.
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

    /// The way of the last time first, then what there is, then what can be typed. A question needs somebody who answers.
    func entries(_ context: Context) -> [Entry] {
        var entries: [Entry] = []
        func add(_ way: HandOverWay, _ words: String...) {
            let isThere = entries.contains { entry in
                if case .known(let known) = entry.way { known.link == way.link } else { false }
            }
            guard !isThere, purpose == .handOver || way.mayAnswer else { return }
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
        let folder: [(String, Phrase)] = purpose == .handOver ? [("dir:", .linkOtherFolder)] : []
        let typed: [(String, Phrase)] =
            folder + [
                ("serial:/dev/", .linkOtherLine), ("https://", .linkOtherAddress),
                ("ssh://", .linkOtherLogin),
            ]
        return entries
            + typed.map { start, phrase in
                Entry(way: .typed(start), cells: [start + "…", context.say(phrase)])
            }
    }

    /// What has to be said before anything is done this way.
    var missing: Phrase? { purpose == .asking ? way?.missingToAsk : way?.missing }

    var takesKnownBy: Bool {
        switch way?.address {
        case .web(let address): address.isEncrypted
        case .shell: true
        case .directory, .serial, nil: false
        }
    }

    var takesConsole: Bool {
        switch way?.address {
        case .serial: true
        case .shell(let address): address.directory == nil
        case .directory, .web, nil: false
        }
    }

    // MARK: What is seen

    func choosing(_ context: Context) -> [View.Block] {
        let items = entries(context).map { View.Item($0.cells) }
        return (purpose == .handOver ? standing(context) : []) + [
            .text(context.say(isLooking ? .linksLooking : .linksPrompt), .hint),
            .list(items, selected: list.index(of: items.count)),
        ]
    }

    func ready(_ context: Context) -> [View.Block] {
        guard let way else { return [] }
        let facts = View.Block.facts(wayFacts(way, context))
        if let missing { return [facts, .text("! " + context.say(missing), .warning)] }
        return switch purpose {
        case .handOver:
            [
                facts, .button(.start, context.say(.handOverStart)),
                .text(context.say(.handOverPromise), .hint),
            ]
        case .asking:
            [facts, .button(.start, context.say(.verifyAsk)), .text(context.say(.verifyAskMeans), .hint)]
        }
    }

    private func wayFacts(_ way: HandOverWay, _ context: Context) -> [View.Fact] {
        var facts = [View.Fact(context.say(.factLink), way.link)]
        if let knownBy = way.knownBy { facts.append(View.Fact(context.say(.factKnownBy), knownBy)) }
        if let console = way.console { facts.append(View.Fact(context.say(.factConsole), console)) }
        guard purpose == .handOver else { return facts }
        return facts + [
            View.Fact(context.say(.factService), way.service ?? context.say(.serviceGivenOut))
        ]
    }
}
