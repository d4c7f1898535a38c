import Canvas
import Intake

/// Asks for a line of text: a position, a reason, a note, a path.
package struct TextScreen: Screen {
    private let purpose: TextPurpose
    private var typed: TextField?

    package init(_ purpose: TextPurpose, text: String = "") {
        self.purpose = purpose
        typed = TextField(text)
    }

    package var field: TextField? {
        get { typed }
        set { typed = newValue }
    }

    package func offers(_ context: Context) -> [Offer] { [Offer(.accept), Offer(.back)] }

    package mutating func handle(_ event: ScreenEvent, _ context: Context) -> [Effect] {
        switch event {
        case .entered, .act(.accept): return accept(context)
        case .scanned(let scanned):
            guard let text = scanned.text else {
                return [.notice(Notice(.warning, context.say(.textNotText)))]
            }
            typed = TextField(text)
            return accept(context)
        case .act(.back): return [.back(nil)]
        case .appeared, .act, .move, .touched, .chose, .answered, .storeChanged, .rawScan: return []
        }
    }

    private func accept(_ context: Context) -> [Effect] {
        let text = (typed?.text ?? "").trimmingBlanks
        guard !text.isEmpty || purpose.mayBeEmpty else {
            return [.notice(Notice(.warning, context.say(.textNeeded)))]
        }
        return [.back(.text(purpose, text))]
    }

    package func view(_ context: Context) -> View {
        let (title, hint): (Phrase, Phrase) =
            switch purpose {
            case .position: (.factPosition, .textPositionHint)
            case .withdrawReason: (.actionWithdraw, .textWithdrawHint)
            case .releaseReason: (.actionRelease, .textReleaseHint)
            case .note: (.actionNote, .textNoteHint)
            case .path: (.textPath, .textPathHint)
            case .pattern: (.factPositions, .textPatternHint)
            case .camera: (.actionCamera, .textCameraHint)
            case .link: (.actionWay, .textLinkHint)
            case .knownBy: (.actionKnownBy, .textKnownByHint)
            case .console: (.actionConsole, .textConsoleHint)
            case .service: (.actionService, .textServiceHint)
            case .revokeText: (.actionNote, .textRevokeHint)
            }
        return View(
            title: context.say(title),
            blocks: [
                .text(context.say(hint), .hint), .gap,
                .field(label: context.say(title), text: typed?.text ?? "", hint: ""),
            ])
    }
}

extension TextPurpose {
    /// Whether nothing is an answer too.
    fileprivate var mayBeEmpty: Bool {
        switch self {
        case .position, .knownBy, .console, .service, .revokeText: true
        case .withdrawReason, .releaseReason, .note, .path, .pattern, .camera, .link: false
        }
    }
}
