import Canvas
import HandOver
import Model

/// The stages of a hand-over as entries: what is done, what is going on, and what is still to come.
struct HandOverStages {
    private let steps: [HandOverStep]
    private let isRunning: Bool

    init(_ steps: [HandOverStep], isRunning: Bool) {
        self.steps = steps
        self.isRunning = isRunning
    }

    private enum Stage: CaseIterable {
        case compare, request, certificate, install, activate, confirm, record

        var phrase: Phrase {
            switch self {
            case .compare: .stageCompare
            case .request: .stageRequest
            case .certificate: .stageCertificate
            case .install: .stageInstall
            case .activate: .stageActivate
            case .confirm: .stageConfirm
            case .record: .stageRecord
            }
        }

        /// The stage that a step ends; `nil` for one that ends none.
        static func ended(by step: HandOverStep) -> Stage? {
            switch step {
            case .identified: .compare
            case .requestTaken, .keyMade, .keyTaken: .request
            case .certificateThere: .certificate
            case .installed: .install
            case .switched: .activate
            case .confirmed: .confirm
            case .noted: .record
            case .notEncrypted, .certificateOutstanding, .deviceAway, .keyWiped, .keyOutstanding,
                .symmetricKeyWiped:
                nil
            }
        }
    }

    /// The number of the stage that is going on or is next; `nil` when all are done.
    var current: Int? { next < Stage.allCases.count ? next : nil }

    private var next: Int {
        let ended = steps.compactMap(Stage.ended).compactMap { Stage.allCases.firstIndex(of: $0) }
        return (ended.max() ?? -1) + 1
    }

    func items(_ context: Context) -> [View.Item] {
        let next = next
        return Stage.allCases.enumerated().map { index, stage in
            let name = context.say(stage.phrase)
            if index < next {
                return View.Item(mark: "✓", [name, detail(of: stage, context)], role: .good)
            }
            guard index == next else { return View.Item(mark: "·", [name, ""], role: .hint) }
            return isRunning
                ? View.Item(mark: "…", [name, context.say(.stageNow)], role: .heading)
                : View.Item(mark: "!", [name, context.say(.stageStopped)], role: .warning)
        }
    }

    private func detail(of stage: Stage, _ context: Context) -> String {
        steps.compactMap { step in
            Stage.ended(by: step) == stage ? Self.detail(of: step, context) : nil
        }.last ?? ""
    }

    private static func detail(of step: HandOverStep, _ context: Context) -> String? {
        switch step {
        case .identified(let comparison):
            let equal = context.say(.stageSame, comparison.equal.joined(separator: ", "))
            guard !comparison.unsaid.isEmpty else { return equal }
            return equal + "; " + context.say(.stageUnsaid, comparison.unsaid.joined(separator: ", "))
        case .requestTaken(.checked): return context.say(.stageKeyProven)
        case .requestTaken(.notChecked): return context.say(.stageKeyUnproven)
        case .keyMade: return context.say(.stageKeyMade)
        case .keyTaken(let target): return context.say(.stageKeyTaken, target.rawValue)
        case .installed(hasEndpoint: false): return context.say(.stageNoService)
        case .confirmed: return context.say(.stageSigned)
        case .notEncrypted, .certificateOutstanding, .certificateThere, .installed, .switched, .deviceAway,
            .noted, .keyWiped, .keyOutstanding, .symmetricKeyWiped:
            return nil
        }
    }
}
