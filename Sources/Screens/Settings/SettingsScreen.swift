import Canvas

/// What a person chooses for this tablet: look, language, targets, scanner, camera.
package struct SettingsScreen: Screen {
    private var list = ListState()
    private var cameras: [CameraFact] = []

    private static let rows: [Action] = [.theme, .language, .touch, .device, .calibrate, .keySheet]

    package init() {}

    package func offers(_ context: Context) -> [Offer] { Self.rows.map { Offer($0) } + [Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .appeared: return [.request(.listCameras)]
        case .answered(.camerasListed(let cameras)):
            self.cameras = cameras
            return []
        case .entered: return act(Self.rows[list.index(of: Self.rows.count) ?? 0], context)
        case .act(let action): return act(action, context)
        case .move(let move):
            list.move(move, count: Self.rows.count)
            return []
        case .touched(let index):
            list.choose(index)
            return handle(.entered, context)
        case .scanned: return [.notice(Notice(.success, context.say(.settingsScanWorks)))]
        case .chose, .answered, .storeChanged: return []
        }
    }

    private func act(_ action: Action, _ context: Context) -> [Effect] {
        var settings = context.settings
        switch action {
        case .theme: settings.theme = Self.next(settings.theme, of: Theme.Name.allCases)
        case .language: settings.language = Self.next(settings.language, of: Language.allCases)
        case .touch: settings.touch.toggle()
        case .device: settings.camera = Self.next(settings.camera, of: cameras.map(\.path))
        case .calibrate: return [.open(.calibration(CalibrationScreen()))]
        case .keySheet: return [.open(.help(HelpScreen(of: Action.allCases.filter { $0 != .keySheet })))]
        case .back: return [.back(nil)]
        default: return []
        }
        return [.set(settings)]
    }

    /// The choice after this one; after the last comes `nil`, which follows the machine.
    private static func next<Value: Equatable>(_ value: Value?, of all: [Value]) -> Value? {
        guard let value, let index = all.firstIndex(of: value) else { return all.first }
        return index + 1 < all.count ? all[index + 1] : nil
    }

    package func view(_ context: Context) -> View {
        let items = Self.rows.map { View.Item([context.say($0.name), value($0, context)]) }
        return View(
            title: context.say(.actionSettings), blocks: [.list(items, selected: list.index(of: items.count))]
        )
    }

    private func value(_ row: Action, _ context: Context) -> String {
        let settings = context.settings
        switch row {
        case .theme: return settings.theme?.rawValue ?? context.say(.settingAutomatic)
        case .language: return settings.language?.rawValue ?? context.say(.settingAutomatic)
        case .touch: return context.say(settings.touch ? .settingOn : .settingOff)
        case .device:
            let name = cameras.first { $0.path == settings.camera }?.name ?? settings.camera
            return name ?? cameras.first?.name ?? context.say(.settingNoCamera)
        case .calibrate, .keySheet: return "→"
        default: return ""
        }
    }
}
