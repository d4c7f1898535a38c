import Canvas
import Model
import Preview

/// The camera as a part of the screens that scan: what it sees, what would help, and its buttons.
struct CameraView: Equatable, Sendable {
    private enum Phase: Equatable {
        case closed
        /// Opened; nothing was seen yet.
        case opening
        case seeing(CameraSight)
        case trouble(Explanation)
    }

    private var phase = Phase.closed
    private var torchIsOn = false

    var isOpen: Bool { phase != .closed }

    var offers: [Offer] {
        guard case .seeing(let sight) = phase else { return [] }
        return [Offer(.torch, disabled: sight.hasTorch ? nil : .reasonNoTorch)]
    }

    mutating func act(_ action: Action, _ context: Context) -> [Effect] {
        switch action {
        case .camera:
            if isOpen { return close() }
            phase = .opening
            return [.request(.openCamera(context.settings.camera))]
        case .torch:
            torchIsOn.toggle()
            return [.request(.setTorch(torchIsOn))]
        default: return []
        }
    }

    mutating func take(_ answer: Answer) -> [Effect] {
        guard isOpen else { return [] }
        switch answer {
        case .cameraSees(let sight): phase = .seeing(sight)
        case .cameraTrouble(let explanation): phase = .trouble(explanation)
        default: break
        }
        return []
    }

    mutating func close() -> [Effect] {
        guard isOpen else { return [] }
        (phase, torchIsOn) = (.closed, false)
        return [.request(.closeCamera)]
    }

    func blocks(_ context: Context) -> [View.Block] {
        switch phase {
        case .closed: return []
        case .opening: return [.text(context.say(.cameraOpening), .hint)]
        case .trouble(let explanation):
            let reason = context.language.explain(explanation)
            return [.text("! \(reason.what) \(reason.nextStep)", .warning)]
        case .seeing(let sight):
            let hints = sight.hints.map { context.say($0.phrase) }.joined(separator: " · ")
            return [.picture(sight.picture), .text(hints.isEmpty ? context.say(.cameraAim) : hints, .hint)]
        }
    }
}

extension PictureHint {
    var phrase: Phrase {
        switch self {
        case .tooDark: .hintTooDark
        case .tooBright: .hintTooBright
        case .glare: .hintGlare
        case .lowContrast: .hintLowContrast
        case .blurred: .hintBlurred
        case .tooFar: .hintTooFar
        }
    }
}
