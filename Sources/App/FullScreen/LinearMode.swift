import Canvas
import CommandTable
import Dispatch
import Model
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
            scanner: keepsakes.scanner(), now: surroundings.now())
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
            arrived.wait()
            for event in mailbox.take() { take(event, outlet) }
        }
        outlet.finish()
        finished.wait()
        return .done
    }

    /// Reads lines on a thread of its own, since reading waits.
    private func listen() {
        let mailbox = mailbox
        DispatchQueue(label: "muster.lines").async {
            while let line = readLine(strippingNewline: true) { mailbox.post(.line(line)) }
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
