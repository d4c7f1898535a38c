import Canvas
import Wedge

/// What a person chooses for this tablet: look, language, targets, scanner, camera.
package struct SettingsScreen: Screen {
    private var list = ListState()
    private var cameras: [CameraFact] = []

    private static let rows: [Action] = [.theme, .language, .touch, .chooseCamera, .calibrate, .keySheet]

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
        case .chose(.camera(let name)): return [.set(context.settings.with(camera: name))]
        case .chose(.otherCamera):
            // An address with a password in it is not shown again.
            let known = context.settings.camera.flatMap { CameraWords.shown($0) == $0 ? $0 : nil }
            return [.open(.text(TextScreen(.camera, text: known ?? "")))]
        case .chose(.text(.camera, let text)): return [.set(context.settings.with(camera: text))]
        case .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    private func act(_ action: Action, _ context: Context) -> [Effect] {
        var settings = context.settings
        switch action {
        case .theme: settings.theme = Self.next(settings.theme, of: Theme.Name.allCases)
        case .language: settings.language = Self.next(settings.language, of: Language.allCases)
        case .touch: settings.touch.toggle()
        case .chooseCamera: return [.open(.choice(ChoiceScreen(.camera(cameras), context)))]
        case .calibrate: return [.open(.calibration(CalibrationScreen()))]
        case .keySheet: return [.open(.help(HelpScreen()))]
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
        case .theme: return context.say(settings.theme?.phrase ?? .settingAutomatic)
        case .language: return settings.language?.ownName ?? context.say(.settingAutomatic)
        case .touch: return context.say(settings.touch ? .settingOn : .settingOff)
        case .chooseCamera:
            guard let camera = settings.camera else {
                let first = cameras.first?.name
                return first.map { context.say(.settingFirstCamera, $0) } ?? context.say(.settingNoCamera)
            }
            return cameras.first { $0.path == camera }?.name ?? CameraWords.shown(camera)
        case .calibrate:
            return context.say(
                context.scanner == .standard ? .settingScannerStandard : .settingScannerLearnt)
        case .keySheet: return "→"
        default: return ""
        }
    }
}

extension Theme.Name {
    var phrase: Phrase {
        switch self {
        case .sun: .themeSun
        case .dark: .themeDark
        case .monochrome: .themeMonochrome
        }
    }
}

extension Settings {
    fileprivate func with(camera: String?) -> Settings {
        var settings = self
        settings.camera = camera
        return settings
    }
}

/// The name of a camera as it is shown: an address without the password in it.
enum CameraWords {
    static func shown(_ name: String) -> String {
        guard let scheme = name.ranges(of: "://").first,
            let at = name[scheme.upperBound...].prefix(while: { $0 != "/" }).lastIndex(of: "@")
        else { return name }
        return name[..<scheme.upperBound] + "…" + name[at...]
    }
}
