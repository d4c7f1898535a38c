import Canvas
import Intake
import Labels
import Model

/// Finds any device by any identifier, typed or scanned.
package struct FindScreen: Screen {
    private var typed: TextField? = TextField()
    private var found: [DeviceFacts]?
    /// The text that `found` is for.
    private var asked = ""
    private var list = ListState()
    private var first: Scanned?

    package init(_ scanned: Scanned? = nil) {
        first = scanned
    }

    package var field: TextField? {
        get { typed }
        set {
            if newValue != typed { list = ListState() }
            typed = newValue
        }
    }

    package func offers(_ context: Context) -> [Offer] {
        [
            Offer(.open, disabled: chosen == nil ? .reasonNothingThere : nil), Offer(.find), Offer(.sync),
            Offer(.back),
        ]
    }

    private var chosen: DeviceFacts? { list.index(of: found?.count ?? 0).flatMap { found?[$0] } }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared:
            if let scanned = first {
                first = nil
                return look(scanned, context)
            }
            return [.request(.find(asked))]
        case .storeChanged: return [.request(.find(asked))]
        case .answered(.found(asked, let devices)):
            found = devices
            return []
        case .entered:
            if typed?.text != asked { return search(typed?.text ?? "") }
            return act(.open)
        case .act(let action): return act(action)
        case .move(let move):
            list.move(move, count: found?.count ?? 0)
            return []
        case .touched(let index):
            list.choose(index)
            return act(.open)
        case .scanned(let scanned): return look(scanned, context)
        case .chose, .answered, .rawScan: return []
        }
    }

    private mutating func act(_ action: Action) -> [Effect] {
        switch action {
        case .open: chosen.map { [.open(.device(DeviceScreen($0.lane)))] } ?? []
        case .find: search(typed?.text ?? "")
        case .sync: [.request(.syncNow)]
        case .back: [.back(nil)]
        default: []
        }
    }

    private mutating func search(_ text: String) -> [Effect] {
        asked = text.trimmingBlanks
        typed = TextField(asked)
        return [.request(.find(asked))]
    }

    /// A label finds its device by the identifier that singles it out.
    private mutating func look(_ scanned: Scanned, _ context: Context) -> [Effect] {
        if case .success(let label) = context.reader.read(scanned.payload),
            let identifier = DeviceIdentity(fields: label.fields.plain).lane
        {
            return search(identifier.value)
        }
        return search(scanned.text ?? "")
    }

    package func view(_ context: Context) -> View {
        var blocks: [View.Block] = [
            .field(label: context.say(.findField), text: typed?.text ?? "", hint: context.say(.findHint))
        ]
        if let found, !found.isEmpty {
            let items = found.map { device in
                View.Item([
                    device.identity.displayName, device.identity.product?.rawValue ?? "",
                    device.state.map { context.say($0.phrase) } ?? "",
                    [device.site?.rawValue, device.position].compactMap(\.self).joined(separator: " "),
                ])
            }
            blocks.append(.list(items, selected: list.index(of: items.count)))
        } else if found != nil {
            blocks.append(.text(context.say(.findNothing), .hint))
        }
        return View(title: context.say(.findTitle), blocks: blocks)
    }
}

extension DeviceRecord.State {
    var phrase: Phrase {
        switch self {
        case .listed: .stateListed
        case .claimed: .stateClaimed
        case .provisioned: .stateProvisioned
        }
    }
}
