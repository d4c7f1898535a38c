import Canvas
import Intake
package import Model

/// One job: what is expected where, and how far it is.
package struct JobScreen: Screen {
    private let jobID: JobID
    private var progress: JobProgress?
    private var list = ListState()

    package init(_ jobID: JobID) {
        self.jobID = jobID
    }

    package func offers(_ context: Context) -> [Offer] {
        [
            Offer(.start), Offer(.scan),
            Offer(.open, disabled: selectedLane == nil ? .reasonNothingThere : nil), Offer(.back),
        ]
    }

    private var selectedLane: DeviceIdentifier? {
        guard let progress, let index = list.index(of: progress.lines.count) else { return nil }
        return progress.lines[index].device?.lane
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadJob(jobID))]
        case .answered(.jobLoaded(let progress)):
            if progress.job.jobID == jobID { self.progress = progress }
            return []
        case .entered, .act(.start): return [.open(.batch(BatchScreen()))]
        case .act(.scan): return [.open(.capture(CaptureScreen()))]
        case .act(.open): return selectedLane.map { [.open(.device(DeviceScreen($0)))] } ?? []
        case .act(.back): return [.back(nil)]
        case .scanned(let scanned): return [.open(.batch(BatchScreen(first: scanned)))]
        case .move(let move):
            list.move(move, count: progress?.lines.count ?? 0)
            return []
        case .touched(let index):
            list.choose(index)
            return []
        case .act, .chose, .answered, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        guard let progress else {
            return View(title: jobID.rawValue, blocks: [.text(context.say(.jobLoading), .hint)])
        }
        let counts = progress.counts
        var blocks: [View.Block] = [
            .progress(
                done: counts.done + counts.saved, total: counts.expected, label: progress.job.site.rawValue),
            .button(.start, context.say(.jobStart)),
        ]
        let items = progress.lines.map { item($0, context) }
        if items.isEmpty {
            blocks.append(.text(context.say(.jobAnything), .hint))
        } else {
            blocks.append(.list(items, selected: list.index(of: items.count)))
        }
        for device in progress.unexpected {
            blocks.append(
                .text(
                    "! " + context.say(.jobUnexpected, device.identity.displayName, device.position ?? ""),
                    .warning))
        }
        return View(title: progress.job.name, blocks: blocks)
    }

    private func item(_ line: JobProgress.Line, _ context: Context) -> View.Item {
        let (mark, role): (String, CellRole) =
            switch line.state {
            case .open: ("·", .normal)
            case .saved: ("●", .normal)
            case .needsPerson: ("!", .warning)
            case .done: ("✓", .good)
            }
        let name = line.device?.identity.displayName ?? line.expected.displayName
        return View.Item(
            mark: "\(mark) \(context.say(line.state.phrase))",
            [
                line.expected.position ?? "", name, line.expected.product?.rawValue ?? "",
                line.expected.note ?? "",
            ],
            role: role)
    }
}

extension JobProgress.LineState {
    var phrase: Phrase {
        switch self {
        case .open: .markOpen
        case .saved: .markSaved
        case .needsPerson: .markNeedsYou
        case .done: .markConfirmed
        }
    }
}
