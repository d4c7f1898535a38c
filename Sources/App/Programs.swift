internal import CommandTable
internal import Dispatch
internal import Glibc
internal import Labels
internal import Model
internal import Processes
internal import Screens
internal import Synchronization
internal import Terminal

/// The two programs as functions of their surroundings; the executables only call them.
package enum Programs {
    /// Runs `muster` in this process and returns its exit code.
    package static func muster() -> Int32 {
        run(MusterCommands.program, face: showFace) { try await MusterDispatch.run($0) }
    }

    /// Runs `muster-registrar` in this process and returns its exit code.
    package static func registrar() -> Int32 {
        run(RegistrarServerCommands.program) { try await RegistrarServerDispatch.run($0) }
    }

    /// Reads the command line, answers what needs no work, and runs the rest to its end.
    ///
    /// The main thread waits: it owns nothing that the work needs. Without a command it shows the program's face itself.
    private static func run(
        _ program: Command, face: ((CommandContext) throws -> ExitCode)? = nil,
        _ work: @escaping @Sendable (CommandContext) async throws -> ExitCode
    ) -> Int32 {
        // Before any secret is read: no core file, no tracing, no reading of this memory by others of the same user.
        try? ProcessMemory.protect()
        TPMChoice.silenceLibrary()
        let surroundings = Surroundings.ofThisProcess()
        let console = Console(
            program: program.name, json: surroundings.arguments.contains("--json"),
            output: { write($0, to: STDOUT_FILENO) }, errors: { write($0, to: STDERR_FILENO) })
        if let face, let invocation = try? program.parse(surroundings.arguments), invocation.path.isEmpty,
            !invocation.has("help"), !invocation.has("version")
        {
            let context = CommandContext(
                invocation: invocation, surroundings: surroundings, console: console)
            return show(face, context, console).rawValue
        }
        let result = Mutex(ExitCode.failed)
        let finished = DispatchSemaphore(value: 0)
        Task.detached {
            let code = await answer(program, surroundings, console, work)
            result.withLock { $0 = code }
            finished.signal()
        }
        finished.wait()
        return result.withLock { $0 }.rawValue
    }

    private static func show(
        _ face: (CommandContext) throws -> ExitCode, _ context: CommandContext, _ console: Console
    ) -> ExitCode {
        do { return try face(context) } catch {
            let failure = CommandFailure(error)
            console.report(failure.explanation)
            return failure.exitCode
        }
    }

    /// The full screen or the linear mode, on this thread.
    private static func showFace(_ context: CommandContext) throws -> ExitCode {
        switch try Face.choose(context) {
        case .full:
            Terminal.prepareProcess()
            return try FullScreen(context).run()
        case .linear: return try LinearMode(context).run()
        }
    }

    private static func answer(
        _ program: Command, _ surroundings: Surroundings, _ console: Console,
        _ work: (CommandContext) async throws -> ExitCode
    ) async -> ExitCode {
        do {
            let invocation = try program.parse(surroundings.arguments)
            if invocation.has("help") {
                console.document(program.help(at: invocation.path))
                return .done
            }
            if invocation.has("version") {
                console.document("\(program.name) \(Version.text)\n")
                return .done
            }
            if invocation.path == ["generate"] {
                return try generate(program, invocation, surroundings, console)
            }
            return try await work(
                CommandContext(invocation: invocation, surroundings: surroundings, console: console))
        } catch {
            let failure = CommandFailure(error)
            console.report(failure.explanation)
            return failure.exitCode
        }
    }

    private static func generate(
        _ program: Command, _ invocation: Invocation, _ surroundings: Surroundings, _ console: Console
    ) throws -> ExitCode {
        switch invocation.arguments[0] {
        case "man": console.document(program.manualPage(version: Version.text))
        case "bash-completion": console.document(program.bashCompletion)
        case "key-sheet" where program.name == MusterCommands.program.name:
            let reader = LabelReader(year: surroundings.year, digests: .system)
            console.document(KeySheet.text(surroundings.language, reader: reader))
        case let word: throw UsageError.unexpectedArgument(word)
        }
        return .done
    }

    /// Writes a whole line with one call where the kernel takes it, so that lines of processes do not mix.
    private static func write(_ line: String, to descriptor: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}

/// What a command is given to work with.
struct CommandContext: Sendable {
    let invocation: Invocation
    let surroundings: Surroundings
    let console: Console
    /// Whether a question may be put on the terminal: not while screens have it.
    var mayAsk = true
}
