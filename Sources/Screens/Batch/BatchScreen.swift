import Canvas
package import Intake
import Labels
import Model

/// Scan after scan, each good one a device on the disk: nothing to press in between.
package struct BatchScreen: Screen {
    private var typed: TextField? = TextField()
    var progress: JobProgress?
    /// Newest first.
    package internal(set) var entries: [BatchEntry] = []
    private var gathering = Gathering()
    /// Where the next device goes, when a position was scanned or typed.
    private var position: String?
    /// A device that waits for a key, because the lane confirms or something about it is odd.
    package private(set) var waiting: Candidate?
    private var ticket = 0
    private var camera = CameraView()

    /// What was scanned on the screen before.
    private var first: Scanned?

    /// What waited for a key when the program was ended.
    private var resuming: CapturedDevice?

    package init(first: Scanned? = nil, resuming device: CapturedDevice? = nil) {
        self.first = first
        resuming = device
    }

    package var field: TextField? {
        get { typed }
        set { typed = newValue }
    }

    package func offers(_ context: Context) -> [Offer] {
        let undo: Phrase? = lastSaved == nil ? .reasonNothingToUndo : nil
        return [
            Offer(.undo, disabled: undo), Offer(.camera), Offer(.position, disabled: siteMissing(context)),
            Offer(.confirmMode), Offer(.image), Offer(.outbox), Offer(.product),
        ] + camera.offers + [Offer(.stop)]
    }

    private func siteMissing(_ context: Context) -> Phrase? {
        context.assignment.site == nil ? .reasonNoSite : nil
    }

    private var lastSaved: BatchEntry? { entries.first { !$0.operations.isEmpty && $0.status != .undone } }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return appear(context)
        case .scanned(let scanned): return take([scanned], context)
        case .entered: return enter(context)
        case .act(let action): return act(action, context)
        case .chose(let choice): return chose(choice, context)
        case .answered(let answer): return take(answer, context)
        case .storeChanged: return marks()
        case .move, .touched, .rawScan: return []
        }
    }

    private mutating func appear(_ context: Context) -> [Effect] {
        if progress == nil || progress?.job.jobID != context.assignment.job {
            progress = context.assignment.progress(context.work)
        }
        let taken = first.map { take([$0], context) } ?? []
        first = nil
        return (context.assignment.job.map { [.request(.loadJob($0))] } ?? []) + marks() + taken
    }

    /// Asks what became of the newest operations.
    private func marks() -> [Effect] {
        let ids = entries.prefix(50).flatMap(\.operations)
        return ids.isEmpty ? [] : [.request(.loadOperations(ids))]
    }

    // MARK: - What comes in

    /// Takes codes that were read at once: a position, or what names a device.
    private mutating func take(_ scanned: [Scanned], _ context: Context) -> [Effect] {
        let progress = progress ?? context.assignment.progress(context.work)
        let places = scanned.map { PositionLabel.position($0.text, progress) }
        let codes = zip(scanned, places).filter { $1 == nil }.map(\.0)
        if let place = places.compactMap(\.self).last {
            position = place
            if codes.isEmpty {
                return [.ring, .notice(Notice(.information, context.say(.batchPosition, place)))]
            }
        }
        switch gathering.add(codes, product: nil, context) {
        case .device(let device):
            let labels = gathering.labels
            gathering = Gathering()
            typed?.clear()
            guard device.doubt == nil else {
                let code = codes.count == 1 ? codes.first.map { Redacted($0.payload) } : nil
                return [.ring, .ring, .open(.identify(IdentifyScreen(device, labels: labels, code: code)))]
            }
            guard let candidate = Candidate(device, context.assignment, progress, position: position) else {
                return [.open(.choice(ChoiceScreen(.tenant, context)))]
            }
            return consider(candidate, context)
        case .incomplete:
            return [.ring, .notice(Notice(.information, context.say(.captureIncomplete)))]
        case .refused(let explanation): return [.ring, .ring, .explain(explanation)]
        }
    }

    /// A device that was scanned before is not saved twice; one that the lane confirms waits for a key.
    private mutating func consider(_ candidate: Candidate, _ context: Context) -> [Effect] {
        if let known = entries.first(where: { $0.isSame(candidate.device.identity) }) {
            return [
                .ring, .ring,
                .notice(Notice(.warning, context.say(.batchTwice, candidate.name, String(known.number)))),
            ]
        }
        if context.assignment.confirms {
            waiting = candidate
            return [.ring, .notice(Notice(.information, context.say(.batchConfirm, candidate.name)))]
        }
        return save(candidate)
    }

    private mutating func save(_ candidate: Candidate) -> [Effect] {
        ticket += 1
        (waiting, position) = (nil, nil)
        let entry = BatchEntry(number: ticket, candidate: candidate)
        entries.insert(entry, at: 0)
        mark(entry, .saved)
        return [.request(.save(ticket: ticket, candidate))]
    }

    private mutating func enter(_ context: Context) -> [Effect] {
        if let text = typed?.text, !text.isEmpty {
            return take([Scanned(Payload(text: text), origin: .typed)], context)
        }
        return waiting.map { save($0) } ?? []
    }

    private mutating func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .undo: return lastSaved.map { [.request(.undo($0.operations))] } ?? []
        case .confirmMode:
            var assignment = context.assignment
            assignment.confirms.toggle()
            return [.assign(assignment)]
        case .position: return [.open(.text(TextScreen(.position, text: position ?? "")))]
        case .product: return [.open(.choice(ChoiceScreen(.product, context)))]
        case .image: return [.open(.files(FilesScreen()))]
        case .outbox: return [.open(.outbox(OutboxScreen()))]
        case .stop, .back:
            if waiting != nil {
                waiting = nil
                return [.notice(Notice(.information, context.say(.batchSkipped)))]
            }
            return camera.close() + [.back(nil)]
        default: return camera.act(action, context)
        }
    }

    private mutating func chose(_ choice: Choice, _ context: Context) -> [Effect] {
        var assignment = context.assignment
        switch choice {
        case .tenant(let tenant): assignment.tenant = tenant
        case .product(let product): assignment.product = product
        case .file(let path): return [.request(.readPicture(path: path))]
        case .text(.position, let text):
            position = text.isEmpty ? nil : text
            return []
        case .site, .positionRule, .text, .camera, .otherCamera, .revocation, .confirmed, .way:
            return []
        }
        return [.assign(assignment)]
    }

    // MARK: - What comes back

    private mutating func take(_ answer: Answer, _ context: Context) -> [Effect] {
        switch answer {
        case .saved(let ticket, let facts): return saved(ticket, facts, context)
        case .saveFailed(let ticket, let explanation):
            update(ticket) { $0.status = .failed(explanation) }
            if let entry = entries.first(where: { $0.number == ticket }) { mark(entry, .closed) }
            return [.ring, .ring, .explain(explanation)]
        case .undone(let ids): return undone(ids, context)
        case .jobLoaded(let progress):
            if progress.job.jobID == context.assignment.job { self.progress = progress }
            return []
        case .operationsLoaded(let rows):
            for row in rows {
                guard let index = entries.firstIndex(where: { $0.operations.contains(row.operationID) }),
                    case .saved = entries[index].status
                else { continue }
                entries[index].status = .saved(worst(rows, of: entries[index]))
            }
            return []
        case .pictureRead(let path, let symbols):
            guard !symbols.isEmpty else { return [.ring, .ring, .explain(.noSymbol(path))] }
            return take(symbols.map { Scanned(Payload($0), origin: .image) }, context)
        case .cameraScanned(let symbols):
            return take(symbols.map { Scanned(Payload($0), origin: .camera) }, context)
        default: return camera.take(answer)
        }
    }

    private mutating func saved(_ ticket: Int, _ facts: SavedFacts, _ context: Context) -> [Effect] {
        update(ticket) { entry in
            entry.status = .saved(.saved)
            entry.lane = facts.lane
            entry.operations = facts.operations
            entry.remark = facts.findings.first.map { context.language.explain($0.explanation).what }
        }
        guard let entry = entries.first(where: { $0.number == ticket }) else { return [] }
        mark(entry, .saved)
        let place = entry.candidate.position.map { " → \($0)" } ?? ""
        let kind: Notice.Kind = entry.remark == nil ? .success : .warning
        let text = context.say(.savedName, facts.name) + place + (entry.remark.map { " · \($0)" } ?? "")
        return [.ring, .notice(Notice(kind, text))]
    }

    private mutating func undone(_ ids: [OperationID], _ context: Context) -> [Effect] {
        guard let index = entries.firstIndex(where: { $0.operations == ids }) else { return [] }
        entries[index].status = .undone
        mark(entries[index], .closed)
        return [.notice(Notice(.information, context.say(.undoneName, entries[index].candidate.name)))]
    }

    /// Keeps the job's list up to date, so that the next device goes to the next place.
    private mutating func mark(_ entry: BatchEntry, _ mark: OperationMark) {
        guard let lane = entry.lane else { return }
        progress?.add(
            JobDevice(
                lane: lane, identity: entry.candidate.device.identity, position: entry.candidate.position,
                mark: mark))
    }

    private mutating func update(_ ticket: Int, _ change: (inout BatchEntry) -> Void) {
        guard let index = entries.firstIndex(where: { $0.number == ticket }) else { return }
        change(&entries[index])
    }

    /// A device is as far as the operation of it that is least far.
    private func worst(_ rows: [OutboxRow], of entry: BatchEntry) -> OperationMark {
        let marks = rows.filter { entry.operations.contains($0.operationID) }.map(\.mark)
        return [.needsYou, .sent, .saved, .closed].first { marks.contains($0) } ?? .confirmed
    }

    // MARK: - What is seen

    package func view(_ context: Context) -> View {
        var blocks = camera.blocks(context)
        if let counts = progress?.counts, counts.expected > 0, context.assignment.job != nil {
            blocks.append(
                .progress(
                    done: counts.done + counts.saved, total: counts.expected,
                    label: progress?.job.name ?? ""))
        }
        blocks.append(.text(ready(context), .heading))
        if let waiting {
            blocks.append(.text("? " + context.say(.batchConfirm, waiting.name), .warning))
        }
        for label in gathering.labels { blocks.append(.facts(LabelFacts.of(label, context))) }
        blocks.append(
            .field(label: context.say(.captureField), text: typed?.text ?? "", hint: context.say(.batchHint)))
        if !entries.isEmpty {
            blocks.append(.list(entries.map { item($0, context) }, selected: nil))
        }
        return View(title: context.say(.batchTitle, String(entries.count(where: \.counts))), blocks: blocks)
    }

    private func ready(_ context: Context) -> String {
        // Only a counted position is the next device's, whichever comes; a list has a place for each.
        let counted = progress?.job.positionRule.kind == .numbered ? progress?.nextPosition : nil
        let place = position ?? counted
        let mode = context.say(context.assignment.confirms ? .batchReadyConfirm : .batchReady)
        return place.map { "\(mode) → \($0)" } ?? mode
    }

    private func item(_ entry: BatchEntry, _ context: Context) -> View.Item {
        let (mark, state, role): (String, String, CellRole) =
            switch entry.status {
            case .saving: ("…", context.say(.markSaving), .hint)
            case .saved(let mark): (mark.symbol, context.say(mark.phrase), mark.role)
            case .failed(let reason): ("!", context.language.explain(reason).what, .bad)
            case .undone: ("–", context.say(.markUndone), .hint)
            }
        return View.Item(
            mark: mark,
            [
                "\(entry.number)", entry.candidate.name, state, entry.candidate.position ?? "",
                entry.candidate.device.identity.product?.rawValue ?? "", entry.remark ?? "",
            ], role: role)
    }
}
