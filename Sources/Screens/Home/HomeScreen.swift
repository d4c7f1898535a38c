import Canvas
import Intake
import Model

/// Where the day begins: the jobs, how the outbox stands, and one large button to scan.
package struct HomeScreen: Screen {
    private var list = ListState()
    /// What was under way when the program ended; taken up again once the catalogue is there.
    private var resuming: Keepsake?

    package init(resuming keepsake: Keepsake = Keepsake()) {
        resuming = keepsake.inBatch || keepsake.captured != nil ? keepsake : nil
    }

    package func offers(_ context: Context) -> [Offer] {
        let paired: Phrase? = context.work.session == nil ? .reasonNotPaired : nil
        return [
            Offer(.scan), Offer(.batch), Offer(.outbox), Offer(.find), Offer(.sync, disabled: paired),
            Offer(.doctor), Offer(.settings), Offer(.unlock), Offer(.quit),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared, .storeChanged: return [.request(.loadWork)]
        case .answered(.workLoaded): return resume(context)
        case .act(let action): return act(action)
        case .move(let move):
            list.move(move, count: context.work.jobs.count)
            return []
        case .touched(let index):
            list.choose(index)
            return openJob(context)
        case .entered: return context.work.jobs.isEmpty ? act(.scan) : openJob(context)
        case .scanned(let scanned): return [.open(.capture(CaptureScreen(scanned)))]
        case .chose, .answered, .rawScan: return []
        }
    }

    private func act(_ action: Action) -> [Effect] {
        switch action {
        case .scan: [.open(.capture(CaptureScreen()))]
        case .batch: [.open(.setup(SetupScreen()))]
        case .outbox: [.open(.outbox(OutboxScreen()))]
        case .find: [.open(.find(FindScreen()))]
        case .doctor: [.open(.doctor(DoctorScreen()))]
        case .settings: [.open(.settings(SettingsScreen()))]
        case .unlock: [.open(.unlock(UnlockScreen()))]
        case .sync: [.request(.syncNow)]
        default: []
        }
    }

    /// The secrets of a label are never kept, so what was captured says that it may have to be scanned again.
    private mutating func resume(_ context: Context) -> [Effect] {
        guard let keepsake = resuming else { return [] }
        resuming = nil
        let captured = keepsake.captured.map { CapturedDevice(identity: $0) }
        let remark: [Effect] =
            captured == nil ? [] : [.notice(Notice(.information, context.say(.resumedRemark)))]
        if keepsake.inBatch { return [.open(.batch(BatchScreen(resuming: captured)))] + remark }
        return (captured.map { [.open(.identify(IdentifyScreen($0, labels: [])))] } ?? []) + remark
    }

    private func openJob(_ context: Context) -> [Effect] {
        guard let index = list.index(of: context.work.jobs.count) else { return [] }
        let job = context.work.jobs[index].job
        return [
            .assign(Assignment(job, confirms: context.assignment.confirms)),
            .open(.job(JobScreen(job.jobID))),
        ]
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = [.button(.scan, context.say(.homeScan)), .gap]
        if let session = context.work.session, let until = session.until {
            let ended = session.hasEnded(at: context.now)
            let words = context.say(
                ended ? .homeSignInEnded : .homeSignedIn, session.operatorID.rawValue, until.minute)
            blocks.append(.text(words, ended ? .warning : .hint))
        }
        if let reason = context.network.explanation.map(context.language.explain) {
            blocks.append(
                .text("\(context.say(context.network.word)): \(reason.what) \(reason.nextStep)", .hint))
        }
        if context.work.counts.needsYou > 0 {
            blocks.append(.text(context.say(.homeNeedsYou, String(context.work.counts.needsYou)), .warning))
        }
        blocks.append(.heading(context.say(.homeJobs)))
        if context.work.jobs.isEmpty {
            blocks.append(.text(context.say(.homeNoJobs), .hint))
        } else {
            blocks.append(
                .list(
                    context.work.jobs.map { item($0, context) },
                    selected: list.index(of: context.work.jobs.count)))
        }
        return View(title: context.say(.actionHome), blocks: blocks)
    }

    private func item(_ summary: JobSummary, _ context: Context) -> View.Item {
        let counts = summary.counts
        let isDone = counts.expected > 0 && counts.done == counts.expected
        return View.Item(
            mark: counts.needsPerson > 0 ? "!" : isDone ? "✓" : "·",
            [
                summary.job.name,
                context.say(.jobProgress, String(counts.done + counts.saved), String(counts.expected)),
                summary.job.site.rawValue, summary.job.due?.description ?? "",
            ], role: counts.needsPerson > 0 ? .warning : isDone ? .good : .normal)
    }
}
