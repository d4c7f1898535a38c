import Canvas
import Intake

/// Asks for the end of a device's name before something is done to it that is hard to undo: no key alone does it, and
/// no label that is scanned.
package struct ConfirmScreen: Screen {
    package enum Subject: String, Equatable, Sendable {
        case revoke, newKey, interrupt
    }

    private let subject: Subject
    private let name: String
    private var typed: TextField? = TextField()

    /// Characters that are to be typed; all of a name that has fewer.
    private static let length = 4

    package init(_ subject: Subject, name: String) {
        self.subject = subject
        self.name = name
    }

    package var field: TextField? {
        get { typed }
        set { typed = newValue }
    }

    private var code: String { String(name.suffix(Self.length)) }

    package func offers(_ context: Context) -> [Offer] { [Offer(.accept), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered, .act(.accept):
            let text = (typed?.text ?? "").trimmingBlanks
            guard text.lowercased() == code.lowercased(), !text.isEmpty else {
                typed = TextField()
                return [.notice(Notice(.warning, context.say(.confirmDiffers, name)))]
            }
            return [.back(.confirmed(subject))]
        case .act(.back): return [.back(nil)]
        case .scanned: return [.ring, .notice(Notice(.warning, context.say(.confirmScanned)))]
        case .appeared, .act, .move, .touched, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    package func view(_ context: Context) -> View {
        let (title, meaning): (Phrase, Phrase) =
            switch subject {
            case .revoke: (.actionRevoke, .revokeMeans)
            case .newKey: (.actionDeviceKey, .newKeyMeans)
            case .interrupt: (.actionInterrupt, .interruptMeans)
            }
        return View(
            title: context.say(title),
            blocks: [
                .text("! " + context.say(meaning, name), .warning),
                .text(context.say(.confirmPrompt, String(code.count), name), .normal), .gap,
                .field(label: context.say(.confirmField), text: typed?.text ?? "", hint: ""),
            ])
    }
}
