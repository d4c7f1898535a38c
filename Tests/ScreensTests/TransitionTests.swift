import Model
import Screens
import TestSupport
import Testing

/// Which screen does something on which kind of event: every pair is written down, those that do nothing with the reason.
@Suite struct TransitionTests {
    /// Pairs that never change a screen and never have an effect, and why that is right.
    private static let silent: [(screens: Set<Kind>, events: Set<Happening>, reason: String)] = [
        (
            Set(Kind.allCases).subtracting([.calibration]), [.rawScan],
            "Raw characters are offered to the screen that learns a scanner, and to no other."
        ),
        (
            [
                .lock, .identify, .check, .choice, .text, .help, .setup, .settings, .calibration, .revoke,
                .confirm, .signIn,
            ],
            [.storeChanged],
            "It shows nothing of the store: what it asks is of this device and this tablet."
        ),
        (
            [.unlock, .doctor, .files, .receipt, .capture], [.storeChanged],
            "What it shows was asked for once, and is asked for again on a key."
        ),
        (
            [.identify, .choice, .text, .help, .setup, .calibration, .capture, .revoke, .confirm],
            [.appeared],
            "It has all that it shows from the beginning."
        ),
        (
            [.operation, .principals], [.entered],
            "No action there is the one that Enter could mean; each has its number."
        ),
        (
            [
                .lock, .capture, .batch, .check, .done, .principals, .verify, .receipt, .operation, .text,
                .calibration, .confirm, .signIn,
            ], [.move, .touched],
            "There is no list to choose from; the text is scrolled instead."
        ),
        (
            [.unlock, .principals, .handOver, .verify, .receipt, .doctor, .files], [.scanned],
            "A label means nothing there; the work is not interrupted by it."
        ),
        (
            [
                .unlock, .lock, .home, .job, .done, .receipt, .find, .doctor, .calibration, .help, .files,
                .choice, .text, .confirm, .signIn,
            ], [.chose],
            "It opens no screen that gives something back."
        ),
        (
            [.setup, .identify, .choice, .text, .help, .revoke, .confirm], [.answered],
            "It asks for nothing, or shows the catalogue, which every screen has."
        ),
    ]

    @Test func `every screen is on a scene`() {
        #expect(Set(Scene.all.map { Kind(stage($0).state.top) }) == Set(Kind.allCases))
    }

    @Test func `every screen does something on every kind of event, but for those with a reason`() {
        var reached: Set<Pair> = []
        for scene in Scene.all {
            let state = stage(scene).state
            let kind = Kind(state.top)
            for happening in Happening.allCases where !reached.contains(Pair(kind, happening)) {
                if happening.events.contains(where: { doesSomething($0, state) }) {
                    reached.insert(Pair(kind, happening))
                }
            }
        }
        let silent = Set(
            Self.silent.flatMap { row in
                row.screens.flatMap { kind in row.events.map { Pair(kind, $0) } }
            })
        let all = Set(Kind.allCases.flatMap { kind in Happening.allCases.map { Pair(kind, $0) } })
        let unreached = all.subtracting(reached)
        #expect(
            unreached.subtracting(silent).isEmpty, "\(unreached.subtracting(silent).map(\.words).sorted())")
        #expect(
            silent.subtracting(unreached).isEmpty, "\(silent.subtracting(unreached).map(\.words).sorted())")
    }

    private func stage(_ scene: Scene) -> Stage {
        let stage = Stage()
        scene.enact(stage)
        return stage
    }

    private func doesSomething(_ event: ScreenEvent, _ state: AppState) -> Bool {
        let context = state.context(.forTests())
        var top = state.top
        let effects = top.update { $0.handle(event, context) }
        return !effects.isEmpty || top != state.top
    }

    private struct Pair: Hashable {
        var kind: Kind
        var happening: Happening

        init(_ kind: Kind, _ happening: Happening) {
            self.kind = kind
            self.happening = happening
        }

        var words: String { "\(kind) \(happening)" }
    }
}

/// A screen without its state.
enum Kind: CaseIterable {
    case unlock, lock, home, job, setup, batch, capture, identify, check, principals, handOver, verify, done,
        receipt
    case outbox, operation, find, device, doctor, settings, calibration, help, files, choice, text, revoke,
        confirm,
        signIn

    init(_ state: ScreenState) {
        self =
            switch state {
            case .unlock: .unlock
            case .lock: .lock
            case .home: .home
            case .job: .job
            case .setup: .setup
            case .batch: .batch
            case .capture: .capture
            case .identify: .identify
            case .check: .check
            case .principals: .principals
            case .handOver: .handOver
            case .verify: .verify
            case .done: .done
            case .receipt: .receipt
            case .outbox: .outbox
            case .operation: .operation
            case .find: .find
            case .device: .device
            case .doctor: .doctor
            case .settings: .settings
            case .calibration: .calibration
            case .help: .help
            case .files: .files
            case .choice: .choice
            case .text: .text
            case .revoke: .revoke
            case .confirm: .confirm
            case .signIn: .signIn
            }
    }
}
