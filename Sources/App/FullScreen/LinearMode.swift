import Canvas
import CommandTable
import Credentials
import Dispatch
import Model
import Processes
import Screens

/// The same journeys as the full screen, line by line: for screen readers and terminals that only print.
struct LinearMode {
    private let context: CommandContext
    private let capture: Capture
    private let keepsakes: KeepsakeFile
    private let mailbox: Mailbox
    private let arrived: DispatchSemaphore
    private var state: AppState
    private var shown: LinearView?
    private var hidesInput = false

    init(_ context: CommandContext) throws {
        let surroundings = context.surroundings
        var context = context
        context.mayAsk = false
        self.context = context
        capture = try Capture(context)
        keepsakes = KeepsakeFile(
            directory: context.invocation.value("store") ?? surroundings.stateDirectory("muster"))
        let arrived = DispatchSemaphore(value: 0)
        self.arrived = arrived
        mailbox = Mailbox(wake: { arrived.signal() })
        state = AppState(
            size: .usual, keepsake: keepsakes.keepsake(), language: surroundings.language,
            scanner: keepsakes.scanner(), now: surroundings.now(),
            protected: SecretText(try SecretBytes(copying: [])))
    }

    /// Talks until the input ends or the person leaves.
    consuming func run() -> ExitCode {
        let (requests, outlet) = AsyncStream.makeStream(of: Request.self)
        let runner = RequestRunner(context, capture, keepsakes, mailbox)
        let finished = Finished()
        Task.detached {
            await runner.run(requests)
            finished.signal()
        }
        perform(state.handle(.started, reader: capture.reader), outlet)
        listen()
        while !state.isLeaving {
            tell()
            hideSecrets()
            wait()
            let wasLocked = state.isLocked
            tick(outlet)
            for event in mailbox.take() {
                // What was typed at a screen that has locked meanwhile was not meant for the lock.
                if case .line = event, state.isLocked, !wasLocked { continue }
                take(event, outlet)
            }
        }
        if hidesInput { SecretLine.setEcho(true) }
        outlet.finish()
        finished.wait()
        return .done
    }

    /// Until something arrives, or the vault is to be locked.
    private func wait() {
        guard let deadline = state.lockDeadline else { return arrived.wait() }
        let left = max(0, deadline - context.surroundings.monotonicMilliseconds())
        _ = arrived.wait(timeout: .now() + .milliseconds(Int(left)))
    }

    private mutating func tick(_ outlet: AsyncStream<Request>.Continuation) {
        take(
            .ticked(
                milliseconds: context.surroundings.monotonicMilliseconds(), wall: context.surroundings.now()),
            outlet)
    }

    /// The terminal shows no secret that is typed.
    private mutating func hideSecrets() {
        guard state.takesSecret != hidesInput else { return }
        hidesInput = state.takesSecret
        SecretLine.setEcho(!hidesInput)
    }

    /// More of a line is left out; no label has as much.
    private static let lineLimitBytes = 16_384

    /// Reads lines on a thread of its own, since reading waits. Whether one is a secret is known only when its turn comes:
    /// each is read as if it were.
    private func listen() {
        let mailbox = mailbox
        DispatchQueue(label: "muster.lines").async {
            while let line = try? SecretBytes.filled(upTo: Self.lineLimitBytes, SecretLine.next) {
                mailbox.post(.line(SecretText(line)))
            }
            mailbox.post(.input(TimedInput(.hangUp, milliseconds: 0)))
        }
    }

    private mutating func take(_ event: AppEvent, _ outlet: AsyncStream<Request>.Continuation) {
        perform(state.handle(event, reader: capture.reader), outlet)
        state.now = context.surroundings.now()
    }

    private func perform(_ requests: [Request], _ outlet: AsyncStream<Request>.Continuation) {
        for request in requests {
            switch request {
            case .ring, .suspend, .leave: break
            default: outlet.yield(request)
            }
        }
    }

    private mutating func tell() {
        let view = LinearView(state, capture.reader)
        for line in view.news(since: shown) { context.console.document(line + "\n") }
        shown = view
    }
}
