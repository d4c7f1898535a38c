import Canvas
import Model

/// One of a few things, to be picked.
package struct ChoiceScreen: Screen {
    package enum Subject: Equatable, Sendable {
        case tenant, site, product, positionRule
        /// Of the cameras that were found, or one that is to be typed.
        case camera([CameraFact])
    }

    private let subject: Subject
    private let options: [Option]
    private var list: ListState

    private struct Option: Equatable {
        var choice: Choice
        var cells: [String]
    }

    package init(_ subject: Subject, _ context: Context) {
        self.subject = subject
        options = Self.options(subject, context)
        list = ListState(selected: Self.current(subject, context, options))
    }

    private static func options(_ subject: Subject, _ context: Context) -> [Option] {
        switch subject {
        case .tenant:
            return context.work.tenants.map {
                Option(choice: .tenant($0.tenantID), cells: [$0.tenantID.rawValue, $0.name])
            }
        case .site:
            let sites = context.work.sites(of: context.assignment.tenant)
            return sites.map { Option(choice: .site($0.siteID), cells: [$0.siteID.rawValue, $0.name]) }
                + [Option(choice: .site(nil), cells: [context.say(.siteNone)])]
        case .product:
            return [Option(choice: .product(nil), cells: [context.say(.productFromLabel)])]
                + context.work.products.map {
                    Option(choice: .product($0.productID), cells: [$0.productID.rawValue, $0.name])
                }
        case .positionRule:
            let rules: [PositionRule] = [.none, .free, .numbered(pattern: "rack-{n}", start: 1)]
            let listed: [PositionRule] = context.assignment.job == nil ? [] : [.listed]
            return (rules + listed).map {
                Option(choice: .positionRule($0), cells: [PositionRuleWords.of($0, context)])
            }
        case .camera(let found):
            let first = context.say(.settingFirstCamera, found.first?.name ?? context.say(.settingNoCamera))
            let named = context.settings.camera.flatMap { name in
                found.contains { $0.path == name }
                    ? nil : Option(choice: .camera(name), cells: [CameraWords.shown(name)])
            }
            return [Option(choice: .camera(nil), cells: [first])]
                + found.map { Option(choice: .camera($0.path), cells: [$0.name, $0.path]) }
                + (named.map { [$0] } ?? [])
                + [Option(choice: .otherCamera, cells: [context.say(.settingOtherCamera)])]
        }
    }

    private static func current(_ subject: Subject, _ context: Context, _ options: [Option]) -> Int {
        let assignment = context.assignment
        let chosen: Choice? =
            switch subject {
            case .tenant: assignment.tenant.map { .tenant($0) }
            case .site: .site(assignment.site)
            case .product: .product(assignment.product)
            case .positionRule: .positionRule(assignment.positionRule)
            case .camera: .camera(context.settings.camera)
            }
        return options.firstIndex { $0.choice == chosen } ?? 0
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.accept), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered, .act(.accept):
            guard let index = list.index(of: options.count) else { return [.back(nil)] }
            return [.back(options[index].choice)]
        case .touched(let index):
            list.choose(index)
            return handle(.entered, context)
        case .move(let move):
            list.move(move, count: options.count)
            return []
        case .scanned(let scanned):
            guard let text = scanned.text, let index = options.firstIndex(where: { $0.cells.first == text })
            else { return [.notice(Notice(.warning, context.say(.choiceScanned)))] }
            return [.back(options[index].choice)]
        case .act(.back): return [.back(nil)]
        case .appeared, .act, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let title: Phrase =
            switch subject {
            case .tenant: .factTenant
            case .site: .factSite
            case .product: .factProduct
            case .positionRule: .factPositions
            case .camera: .actionCamera
            }
        let items = options.map { View.Item($0.cells) }
        return View(
            title: context.say(title),
            blocks: options.isEmpty
                ? [.text(context.say(.choiceNothing), .hint)]
                : [.list(items, selected: list.index(of: items.count))])
    }
}
