import Canvas
package import Intake
package import Labels
package import Model

/// Says which device the label names, before anything is looked up.
package struct IdentifyScreen: Screen {
    private var device: CapturedDevice
    private var labels: [Label]
    /// What was typed, when it was typed: then look-alikes of expected serials are suggested.
    private let typed: String?
    /// The code, when it was a single one: then it can be read otherwise. It may hold a secret.
    private let code: Redacted<Payload>?
    private var list = ListState()

    package init(
        _ device: CapturedDevice, labels: [Label], typed: String? = nil, code: Redacted<Payload>? = nil
    ) {
        self.device = device
        self.labels = labels
        self.typed = typed
        self.code = code
    }

    package var identity: DeviceIdentity { device.identity }

    package func offers(_ context: Context) -> [Offer] {
        let only: Phrase? =
            code == nil || labels.first?.alternatives.isEmpty ?? true ? .reasonOneReading : nil
        return [
            Offer(.accept), Offer(.product), Offer(.alternative, disabled: only), Offer(.another),
            Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered:
            let suggestions = suggestions(context)
            if let index = list.index(of: suggestions.count + 1), index > 0 {
                return retype(suggestions[index - 1])
            }
            return accept(context)
        case .act(.accept): return accept(context)
        case .act(.product): return [.open(.choice(ChoiceScreen(.product, context)))]
        case .act(.alternative): return readOtherwise(context)
        case .act(.another): return [.replace(.capture(CaptureScreen()))]
        case .act(.back): return [.back(nil)]
        case .chose(.product(let product)):
            device.identity.product = product
            return []
        case .move(let move):
            list.move(move, count: suggestions(context).count + 1)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .scanned(let scanned): return [.replace(.capture(CaptureScreen(scanned)))]
        case .appeared, .act, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    private func accept(_ context: Context) -> [Effect] {
        let progress = context.assignment.progress(context.work)
        guard let candidate = Candidate(device.seenByPerson, context.assignment, progress) else {
            return [.open(.choice(ChoiceScreen(.tenant, context)))]
        }
        return [.replace(.check(CheckScreen(candidate)))]
    }

    /// Takes the next reading of the code that names a device; those that were taken before come last.
    private mutating func readOtherwise(_ context: Context) -> [Effect] {
        guard let code, let label = labels.first else { return [] }
        for format in label.alternatives {
            guard case .success(var next)? = context.reader.read(code.unredacted, as: format) else {
                continue
            }
            let others = label.alternatives.drop { $0 != format }.dropFirst()
            next.alternatives = others + label.alternatives.prefix { $0 != format } + [label.format]
            do throws(IntakeError) {
                device = try LabelEvidence(label: next)
                    .device(product: nil, products: context.work.products)
            } catch { return [.explain(error.explanation)] }
            labels = [next]
            return []
        }
        return [.notice(Notice(.information, context.say(.reasonOneReading)))]
    }

    private func retype(_ serial: String) -> [Effect] {
        [.replace(.capture(CaptureScreen(Scanned(Payload(text: serial), origin: .typed))))]
    }

    /// Expected serials that differ from the typed one by little; shown, and taken only when a person picks one.
    private func suggestions(_ context: Context) -> [String] {
        guard let typed, let job = context.work.job(context.assignment.job) else { return [] }
        let expected = job.expected.compactMap { $0.fields["serial"] }
        return SerialSuggestion.nearest(to: typed, in: expected).map(\.serial)
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = [
            .heading(context.say(.identifyIs, device.identity.displayName)),
            .facts(LabelFacts.of(device.identity, context)),
        ]
        if !device.secrets.isEmpty {
            blocks.append(
                .text(
                    context.say(.identifySecrets, device.secrets.keys.sorted().joined(separator: ", ")), .hint
                ))
        }
        for failure in device.unused {
            let reason = context.language.explain(failure.explanation).what
            blocks.append(.text("! " + context.say(.identifyUnused, reason), .warning))
        }
        for role in device.missing {
            blocks.append(.text("! " + context.say(.identifyMissing, role), .warning))
        }
        for label in labels {
            for warning in label.warnings {
                blocks.append(.text("! " + context.say(.labelWarning, context.say(warning.phrase)), .warning))
            }
            if !label.alternatives.isEmpty {
                blocks.append(
                    .text(
                        context.say(
                            .identifyAlternatives, label.format, label.alternatives.joined(separator: ", ")),
                        .hint))
            }
        }
        if device.isDisputed { blocks.append(.text("! " + context.say(.identifyDisputed), .warning)) }
        let suggestions = suggestions(context)
        if !suggestions.isEmpty {
            blocks += [
                .heading(context.say(.identifyNearest)),
                .list(
                    [View.Item([context.say(.identifyKeep, typed ?? "")])]
                        + suggestions.map { View.Item([$0]) },
                    selected: list.index(of: suggestions.count + 1)),
            ]
        }
        blocks += [.gap, .button(.accept, context.say(.identifyAccept))]
        return View(title: context.say(.identifyTitle), blocks: blocks)
    }
}
