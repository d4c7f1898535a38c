package import Canvas
import Intake
package import Labels
package import Model
package import Wedge

/// The whole full screen as a value: what is shown, and what has been typed and chosen so far.
///
/// `handle` is the only way it changes. It never acts: what is to be done comes back as requests.
package struct AppState: Equatable, Sendable {
    package var size: Size
    package var settings: Settings
    /// What `settings` leave open, from the locale.
    package var localLanguage: Language
    package var work = WorkFacts()
    package var assignment: Assignment
    package var network = Network.unknown
    /// How the devices of each product were last reached.
    package var ways: KnownWays
    /// Memory of the kind that secrets are typed into.
    let protected: SecretText
    /// Screens, the one that is seen last. Never empty.
    package private(set) var stack: [ScreenState]
    package var notice: Notice?
    /// Shown over the screen until it is dismissed.
    package var trouble: Explanation?
    package var scanner: WedgeSettings
    package var keyboard: Keyboard
    /// The field's text before each draft character, to go back to when a scanner sent them.
    var drafts: [TextField] = []
    /// Lines of the screen that were scrolled past, where there is no list to go through.
    package internal(set) var scrolled = 0
    /// Where a finger or button is down.
    var pressed: Pressed?
    /// When somebody last pressed, touched or scanned something, on the inputs' clock.
    var lastTouch: Int64?
    /// The inputs' clock as last told.
    var tickedAt: Int64?
    /// The wall clock as last told.
    package var now: Timestamp
    /// Whether the program is about to end.
    package var isLeaving = false
    /// What was last kept on the disk.
    var kept: Keepsake

    package init(
        size: Size, keepsake: Keepsake = Keepsake(), language: Language = .english,
        scanner: WedgeSettings = .standard, now: Timestamp, protected: SecretText
    ) {
        self.protected = protected
        self.size = size
        self.now = now
        self.scanner = scanner
        settings = keepsake.settings
        localLanguage = language
        assignment = keepsake.assignment
        ways = keepsake.ways ?? KnownWays()
        kept = keepsake
        keyboard = Keyboard(settings: scanner)
        stack = [.home(HomeScreen(resuming: keepsake))]
    }

    package var language: Language { settings.language ?? localLanguage }

    package var top: ScreenState {
        get { stack[stack.count - 1] }
        set { stack[stack.count - 1] = newValue }
    }

    package func context(_ reader: LabelReader) -> Context {
        Context(
            work: work, assignment: assignment, settings: settings, network: network, ways: ways,
            scanner: scanner,
            language: language, now: now, size: size, reader: reader)
    }
}

extension AppState {
    /// Takes in one thing that happened, and says what is to be done.
    package mutating func handle(_ event: AppEvent, reader: LabelReader) -> [Request] {
        var requests: [Request] = []
        switch event {
        case .started: requests = [.loadWork] + tell(.appeared, reader)
        case .input(let timed): requests = take(timed, reader)
        case .ticked(let milliseconds, let wall):
            now = wall
            tickedAt = milliseconds
            if let locked = lockIfIdle(at: milliseconds, reader) { return locked + keep() }
            requests = perform(keyboard.tick(at: milliseconds), reader)
        case .answered(let answer): requests = take(answer, reader)
        case .slept: requests = lock(reader) ?? []
        case .storeChanged: requests = [.loadWork] + tell(.storeChanged, reader)
        case .line(let line):
            lastTouch = tickedAt ?? lastTouch
            requests = handle(line: line, reader: reader)
        }
        return requests + keep()
    }

    /// Tells the screen that is seen what happened to it, and performs what it wants.
    mutating func tell(_ event: ScreenEvent, _ reader: LabelReader) -> [Request] {
        let context = context(reader)
        let effects = top.update { $0.handle(event, context) }
        return effects.flatMap { perform($0, reader) }
    }

    private mutating func perform(_ effect: Effect, _ reader: LabelReader) -> [Request] {
        switch effect {
        case .open(let screen): return open(screen, reader)
        case .replace(let screen):
            (drafts, scrolled) = ([], 0)
            top = screen
            return tell(.appeared, reader)
        case .back(let choice): return close(choice, reader)
        case .backHome:
            stack.removeLast(stack.count - 1)
            (drafts, scrolled) = ([], 0)
            return tell(.appeared, reader)
        case .notice(let notice):
            self.notice = notice
            return []
        case .explain(let explanation):
            trouble = language.explain(explanation)
            return []
        case .assign(let assignment):
            self.assignment = assignment
            return []
        case .set(let settings):
            self.settings = settings
            return []
        case .keepScanner(let scanner):
            self.scanner = scanner
            keyboard.listen(with: scanner)
            return [.keepScanner(scanner)]
        case .keepWay(let product, let way):
            ways[product] = way
            return []
        case .request(let request): return [request]
        case .ring: return [.ring]
        case .quit:
            isLeaving = true
            return [.leave]
        }
    }

    mutating func open(_ screen: ScreenState, _ reader: LabelReader) -> [Request] {
        stack.append(screen)
        (drafts, scrolled) = ([], 0)
        return tell(.appeared, reader)
    }

    mutating func close(_ choice: Choice? = nil, _ reader: LabelReader) -> [Request] {
        (drafts, scrolled) = ([], 0)
        guard stack.count > 1 else { return [] }
        stack.removeLast()
        let requests = tell(.appeared, reader)
        guard let choice else { return requests }
        return requests + tell(.chose(choice), reader)
    }

    /// Takes the lock away from over the screens, and whatever was opened above it.
    mutating func uncover() {
        guard let index = stack.firstIndex(where: \.isLock), index > 0 else { return }
        stack.removeSubrange(index...)
        (drafts, scrolled) = ([], 0)
    }

    private mutating func take(_ answer: Answer, _ reader: LabelReader) -> [Request] {
        switch answer {
        case .workLoaded(let facts):
            work = facts
            assignment = assignment.fitted(to: facts)
            let requests = followVault(reader)
            guard requests.isEmpty else { return requests + tell(.answered(answer), reader) }
        case .networkChanged(let network): self.network = network
        case .failed(let explanation): trouble = language.explain(explanation)
        default: break
        }
        let covered = answer.concernsCovered ? tellCovered(answer, reader) : []
        return covered + tell(.answered(answer), reader)
    }

    /// Tells the screens below the one that is seen what came of their requests. They cannot open or close anything now,
    /// but become what follows, and say what there is to say.
    private mutating func tellCovered(_ answer: Answer, _ reader: LabelReader) -> [Request] {
        let context = context(reader)
        var requests: [Request] = []
        for index in stack.indices.dropLast() {
            for effect in stack[index].update({ $0.handle(.answered(answer), context) }) {
                switch effect {
                case .replace(let screen): stack[index] = screen
                case .notice, .explain, .assign, .set, .keepScanner, .keepWay, .request, .ring:
                    requests += perform(effect, reader)
                case .open, .back, .backHome, .quit: break
                }
            }
        }
        return requests
    }

    /// Keeps what a person would have to enter again, whenever it has changed.
    private mutating func keep() -> [Request] {
        let keepsake = Keepsake(
            settings: settings, assignment: assignment,
            inBatch: stack.contains {
                if case .batch = $0 { true } else { false }
            }, captured: stack.reversed().lazy.compactMap(Self.captured).first,
            ways: ways == KnownWays() ? nil : ways)
        guard keepsake != kept else { return [] }
        kept = keepsake
        return [.keep(keepsake)]
    }

    private static func captured(_ state: ScreenState) -> DeviceIdentity? {
        switch state {
        case .identify(let screen): screen.identity
        case .check(let screen): screen.candidate.device.identity
        case .batch(let screen): screen.waiting?.device.identity
        default: nil
        }
    }
}

/// What a finger is on, and since when.
struct Pressed: Equatable, Sendable {
    var target: Target
    var since: Int64

    /// A touch of this length is a long one.
    static let longMilliseconds: Int64 = 600
}

/// What can happen to the full screen.
package enum AppEvent: Equatable, Sendable {
    case started
    case input(TimedInput)
    /// Time has passed: `milliseconds` on the inputs' clock, `wall` for people.
    case ticked(milliseconds: Int64, wall: Timestamp)
    case answered(Answer)
    case storeChanged
    /// The machine was suspended and goes on.
    case slept
    /// A line of the linear mode.
    case line(SecretText)
}
