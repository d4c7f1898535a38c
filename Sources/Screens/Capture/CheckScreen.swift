import Canvas
import Intake
import Model

/// Compares the device with what is known, before anything is saved: each finding says what to do.
package struct CheckScreen: Screen {
    package private(set) var candidate: Candidate
    private var facts: CheckFacts?
    private var ticket = 0
    private var isSaving = false

    package init(_ candidate: Candidate) {
        self.candidate = candidate
    }

    package func offers(_ context: Context) -> [Offer] {
        let blocked: Phrase? =
            facts == nil
            ? .reasonStillLooking
            : (facts?.findings.contains(where: \.blocks) ?? false) ? .reasonBlocked : nil
        return [
            Offer(.save, disabled: isSaving ? .reasonSaving : blocked), Offer(.site), Offer(.position),
            Offer(.product), Offer(.tenant), Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return look()
        case .entered, .act(.save): return save(context)
        case .act(.site): return [.open(.choice(ChoiceScreen(.site, context)))]
        case .act(.tenant): return [.open(.choice(ChoiceScreen(.tenant, context)))]
        case .act(.product): return [.open(.choice(ChoiceScreen(.product, context)))]
        case .act(.position):
            guard candidate.site != nil else { return [.open(.choice(ChoiceScreen(.site, context)))] }
            return [.open(.text(TextScreen(.position, text: candidate.position ?? "")))]
        case .act(.back): return [.back(nil)]
        case .chose(let choice): return chose(choice, context)
        case .answered(let answer): return take(answer, context)
        case .scanned(let scanned):
            if let position = PositionLabel.position(scanned.text, context.assignment.progress(context.work))
            {
                return chose(.text(.position, position), context)
            }
            return [.notice(Notice(.warning, context.say(.checkScanned)))]
        case .act, .move, .touched, .storeChanged, .rawScan: return []
        }
    }

    private mutating func look() -> [Effect] {
        guard !isSaving else { return [] }
        ticket += 1
        facts = nil
        return [.request(.check(ticket: ticket, candidate))]
    }

    private mutating func save(_ context: Context) -> [Effect] {
        guard offers(context).first?.disabledReason == nil else { return [] }
        isSaving = true
        ticket += 1
        return [.request(.save(ticket: ticket, candidate))]
    }

    private mutating func chose(_ choice: Choice, _ context: Context) -> [Effect] {
        var assignment = context.assignment
        switch choice {
        case .tenant(let tenant):
            (candidate.tenant, candidate.site, candidate.position) = (tenant, nil, nil)
            (assignment.tenant, assignment.site) = (tenant, nil)
        case .site(let site):
            candidate.site = site
            if site == nil { candidate.position = nil }
            assignment.site = site
        case .product(let product): candidate.device.identity.product = product
        case .text(.position, let position):
            candidate.position = position.trimmingBlanks.isEmpty ? nil : position.trimmingBlanks
        case .positionRule, .file, .text, .camera, .otherCamera, .revocation, .confirmed, .way:
            return []
        }
        return [.assign(assignment)] + look()
    }

    private mutating func take(_ answer: Answer, _ context: Context) -> [Effect] {
        switch answer {
        case .checked(ticket, let facts): self.facts = facts
        case .saved(ticket, let saved):
            return [
                .ring, .notice(Notice(.success, context.say(.savedName, saved.name))),
                .replace(.done(DoneScreen(candidate, saved))),
            ]
        case .saveFailed(ticket, let explanation):
            isSaving = false
            return [.ring, .explain(explanation)]
        default: break
        }
        return []
    }

    package func view(_ context: Context) -> View {
        View(
            title: context.say(.checkTitle),
            blocks: [.heading(candidate.name)] + findings(context)
                + [.gap, .facts(details(context)), .gap, .button(.save, context.say(.checkSave))])
    }

    /// What is known against the device comes first: on a small screen it is what has to be seen.
    private func findings(_ context: Context) -> [View.Block] {
        guard let facts else { return [.text(context.say(isSaving ? .checkSaving : .checkLooking), .hint)] }
        guard !facts.findings.isEmpty else { return [.text("✓ " + context.say(.checkGood), .good)] }
        return facts.findings.flatMap { finding -> [View.Block] in
            let reason = context.language.explain(finding.explanation)
            return [
                .text("! " + reason.what, finding.blocks ? .bad : .warning),
                .text("→ " + reason.nextStep, .normal),
            ]
        }
    }

    private func details(_ context: Context) -> [View.Fact] {
        let product = candidate.device.identity.product?.rawValue ?? context.say(.productUnknown)
        var details = [
            View.Fact(context.say(.factProduct), product),
            View.Fact(context.say(.factTenant), candidate.tenant.rawValue),
            View.Fact(context.say(.factSite), candidate.site?.rawValue ?? context.say(.siteNone)),
            View.Fact(context.say(.factPosition), candidate.position ?? context.say(.positionNone)),
        ]
        if let job = candidate.job { details.append(View.Fact(context.say(.factJob), job.rawValue)) }
        return details
    }
}
