import Canvas
import CommandTable
import Credentials
import Model
import Screens
import Terminal

/// The full screen as a program: the thread that calls `run` owns the terminal, and everything that may wait is done
/// elsewhere.
struct FullScreen {
    private let context: CommandContext
    private let terminal: Terminal
    private let mailbox: Mailbox
    private let capture: Capture
    private let keepsakes: KeepsakeFile
    private var state: AppState
    private var shown: Frame?
    private var shownTheme: Theme.Name?
    /// How long the machine had slept when it was last looked at.
    private var asleep: Int64

    /// How often the wall clock is looked at while nothing happens.
    private static let clockEveryMilliseconds: Int64 = 30_000

    /// A sleep shorter than this is none: the two clocks are read one after the other.
    private static let sleepMilliseconds: Int64 = 500

    /// - Throws: `TerminalError`, and what `Capture` throws for a vendor template that cannot be used.
    init(_ context: CommandContext) throws {
        var context = context
        context.mayAsk = false
        self.context = context
        let surroundings = context.surroundings
        asleep = surroundings.millisecondsAsleep()
        capture = try Capture(context)
        keepsakes = KeepsakeFile(
            directory: context.invocation.value("store") ?? surroundings.stateDirectory("muster"))
        terminal = try Terminal(
            TerminalOptions(
                type: surroundings.variables["TERM"] ?? "", wantsASCII: surroundings.wantsASCII,
                allowsGreys: surroundings.variables["NO_COLOR"] == nil,
                clock: surroundings.monotonicMilliseconds))
        mailbox = Mailbox(wake: terminal.waker.wake)
        state = AppState(
            size: terminal.size, keepsake: keepsakes.keepsake(), language: surroundings.language,
            scanner: keepsakes.scanner(), now: surroundings.now(),
            protected: SecretText(try SecretBytes(copying: [])))
    }

    /// Shows screens until the person leaves or the terminal goes; everything that was saved stays saved.
    consuming func run() -> ExitCode {
        terminal.setTitle("Muster")
        paint()
        let (requests, outlet) = AsyncStream.makeStream(of: Request.self)
        let runner = RequestRunner(context, capture, keepsakes, mailbox)
        let finished = Finished()
        Task.detached {
            await runner.run(requests)
            finished.signal()
        }
        take(.started, outlet)
        while !state.isLeaving {
            paint()
            let now = context.surroundings.monotonicMilliseconds()
            let deadline = min(
                state.keyboard.deadline ?? .max, state.lockDeadline ?? .max,
                now + Self.clockEveryMilliseconds)
            let inputs = terminal.wait(untilMilliseconds: deadline)
            noteSleep(outlet)
            for input in inputs { take(.input(input), outlet) }
            for event in mailbox.take() { take(event, outlet) }
            take(
                .ticked(
                    milliseconds: context.surroundings.monotonicMilliseconds(),
                    wall: context.surroundings.now()), outlet)
        }
        terminal.close()
        outlet.finish()
        finished.wait()
        return .done
    }

    /// Tells of a sleep of the machine before anything that woke it.
    private mutating func noteSleep(_ outlet: AsyncStream<Request>.Continuation) {
        let now = context.surroundings.millisecondsAsleep()
        if now - asleep >= Self.sleepMilliseconds { take(.slept, outlet) }
        asleep = now
    }

    private mutating func take(_ event: AppEvent, _ outlet: AsyncStream<Request>.Continuation) {
        for request in state.handle(event, reader: capture.reader) {
            switch request {
            case .ring: terminal.bell()
            case .suspend:
                terminal.suspend()
                shown = nil
            case .leave: break
            default: outlet.yield(request)
            }
        }
    }

    private mutating func paint() {
        let (frame, theme) = (Renderer(state, capture.reader).render().frame, theme)
        guard frame != shown || theme.name != shownTheme else { return }
        terminal.paint(frame, theme: theme)
        (shown, shownTheme) = (frame, theme.name)
    }

    private var theme: Theme {
        let monochrome = terminal.capabilities.colors < 8 || context.surroundings.variables["NO_COLOR"] != nil
        return .named(state.settings.theme ?? (monochrome ? .monochrome : .dark))
    }
}
