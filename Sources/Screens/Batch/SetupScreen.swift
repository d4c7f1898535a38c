import Canvas
import Intake
import Model

/// Sets once what every device of a batch gets: tenant, site, product, positions.
package struct SetupScreen: Screen {
    private var list = ListState()

    private enum Row: CaseIterable {
        case tenant, site, product, positions, confirms
    }

    package init() {}

    package func offers(_ context: Context) -> [Offer] {
        [
            Offer(.start, disabled: context.assignment.tenant == nil ? .reasonNoTenant : nil), Offer(.tenant),
            Offer(.site), Offer(.product), Offer(.position), Offer(.confirmMode), Offer(.back),
        ]
    }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered:
            let index = list.index(of: Row.allCases.count + 1) ?? 0
            return index == 0 ? act(.start, context) : edit(Row.allCases[index - 1], context)
        case .act(let action): return act(action, context)
        case .move(let move):
            list.move(move, count: Row.allCases.count + 1)
            return []
        case .touched(let index):
            list.choose(index)
            return handle(.entered, context)
        case .scanned:
            return act(.start, context) + [.notice(Notice(.information, context.say(.setupScanAgain)))]
        case .chose(let choice): return chose(choice, context)
        case .appeared, .answered, .storeChanged, .rawScan: return []
        }
    }

    private func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .start:
            return context.assignment.tenant == nil
                ? [.open(.choice(ChoiceScreen(.tenant, context)))] : [.replace(.batch(BatchScreen()))]
        case .tenant: return edit(.tenant, context)
        case .site: return edit(.site, context)
        case .product: return edit(.product, context)
        case .position: return edit(.positions, context)
        case .confirmMode: return edit(.confirms, context)
        case .back: return [.back(nil)]
        default: return []
        }
    }

    private func edit(_ row: Row, _ context: Context) -> [Effect] {
        switch row {
        case .tenant: return [.open(.choice(ChoiceScreen(.tenant, context)))]
        case .site: return [.open(.choice(ChoiceScreen(.site, context)))]
        case .product: return [.open(.choice(ChoiceScreen(.product, context)))]
        case .positions: return [.open(.choice(ChoiceScreen(.positionRule, context)))]
        case .confirms:
            var assignment = context.assignment
            assignment.confirms.toggle()
            return [.assign(assignment)]
        }
    }

    private func chose(_ choice: Choice, _ context: Context) -> [Effect] {
        var assignment = context.assignment
        switch choice {
        case .tenant(let tenant):
            if assignment.tenant != tenant { assignment = Assignment(confirms: assignment.confirms) }
            assignment.tenant = tenant
        case .site(let site): (assignment.site, assignment.job) = (site, nil)
        case .product(let product): assignment.product = product
        case .positionRule(.numbered):
            return [.open(.text(TextScreen(.pattern, text: "rack-\(PositionRule.placeholder)")))]
        case .positionRule(let rule): assignment.positionRule = rule
        case .text(.pattern, let pattern):
            guard pattern.contains(PositionRule.placeholder) else {
                return [.explain(.patternWithoutNumber(pattern))]
            }
            assignment.positionRule = .numbered(pattern: pattern.trimmingBlanks, start: 1)
        case .file, .text, .camera, .otherCamera, .revocation, .confirmed, .way:
            return []
        }
        return [.assign(assignment.fitted(to: context.work))]
    }

    package func view(_ context: Context) -> View {
        let start = View.Item(mark: "▶", [context.say(.actionStartHelp)], role: .good)
        let rows = Row.allCases.map { View.Item(["\(label($0, context)):", value($0, context)]) }
        return View(
            title: context.say(.actionBatch),
            blocks: [
                .text(context.say(.setupPrompt), .hint),
                .list([start] + rows, selected: list.index(of: rows.count + 1)),
            ])
    }

    private func label(_ row: Row, _ context: Context) -> String {
        switch row {
        case .tenant: context.say(.factTenant)
        case .site: context.say(.factSite)
        case .product: context.say(.factProduct)
        case .positions: context.say(.factPositions)
        case .confirms: context.say(.factConfirms)
        }
    }

    private func value(_ row: Row, _ context: Context) -> String {
        let assignment = context.assignment
        switch row {
        case .tenant: return assignment.tenant?.rawValue ?? context.say(.toBeChosen)
        case .site: return assignment.site?.rawValue ?? context.say(.siteNone)
        case .product: return assignment.product?.rawValue ?? context.say(.productFromLabel)
        case .positions: return PositionRuleWords.of(assignment.positionRule, context)
        case .confirms: return context.say(assignment.confirms ? .confirmsEach : .confirmsNone)
        }
    }
}

/// A rule for positions in words.
enum PositionRuleWords {
    static func of(_ rule: PositionRule, _ context: Context) -> String {
        switch rule {
        case .none: context.say(.ruleNone)
        case .free: context.say(.ruleFree)
        case .listed: context.say(.ruleListed)
        case .numbered(let pattern, let start):
            context.say(.ruleNumbered, PositionRule.position(pattern, start))
        }
    }
}

extension Explanation {
    static func patternWithoutNumber(_ pattern: String) -> Explanation {
        Explanation(
            id: "pattern_without_number",
            what: "The positions were not changed: `\(pattern)` does not say where the number goes.",
            nextStep:
                "Write \(PositionRule.placeholder) in its place, as in rack-\(PositionRule.placeholder).")
    }
}
