package import Canvas
internal import CPseudoTerminal
internal import Glibc

/// A program in a terminal of its own, as a person would use it: keys in, a screen out.
///
/// Nothing sleeps: every wait polls the terminal until what is waited for is there, or fails at its
/// deadline with what the screen shows. The program is killed when the session goes. One thread uses it.
package final class PTYSession {
    package enum End: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// What was waited for did not come.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    package private(set) var screen: TerminalScreen
    /// All that the program sent.
    package private(set) var transcript: [UInt8] = []
    package let processID: Int32
    /// What the terminal's modes were before the program started.
    package let modesBefore: [UInt8]
    private var controller: Int32
    private let terminal: Int32
    private var tokens = TerminalTokens()
    private var end: End?

    /// Starts the program at a path as the leader of a new session; its environment is exactly the given one.
    package init(
        _ program: String, arguments: [String] = [], environment: [String: String] = [:],
        size: Size = .usual
    ) throws {
        var (controller, terminal, child): (Int32, Int32, Int32) = (-1, -1, -1)
        let opened = cpseudoterminal_open(
            Int32(size.columns), Int32(size.rows), &controller, &terminal)
        guard opened == 0 else { throw Failure(description: "no terminal: errno \(-opened)") }
        modesBefore = Self.modes(of: terminal)
        var argv = ([program] + arguments).map { strdup($0) } + [nil]
        var envp = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer { for text in argv + envp { free(text) } }
        let started = cpseudoterminal_start(terminal, program, &argv, &envp, &child)
        (self.controller, self.terminal, processID) = (controller, terminal, child)
        screen = TerminalScreen(size: size)
        guard started == 0 else {
            throw Failure(description: "\(program) was not started: errno \(-started)")
        }
    }

    deinit {
        if end == nil, processID > 0 {
            kill(processID, SIGKILL)
            waitpid(processID, nil, 0)
        }
        if controller >= 0 { cpseudoterminal_close(controller) }
        cpseudoterminal_close(terminal)
    }

    // MARK: What a person does

    package func send(_ text: String) throws { try send(Array(text.utf8)) }

    package func send(_ bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let put = rest.withUnsafeBufferPointer {
                cpseudoterminal_write(controller, $0.baseAddress, $0.count)
            }
            guard put >= 0 else { throw Failure(description: "the terminal takes no input") }
            rest = rest.dropFirst(Int(put))
            // The program may be unable to read before it has written.
            if put == 0 { read(milliseconds: 10) }
        }
    }

    /// Changes the terminal's size; the program is told by SIGWINCH.
    package func resize(_ size: Size) {
        drain()
        screen.resize(size)
        _ = cpseudoterminal_resize(controller, Int32(size.columns), Int32(size.rows))
    }

    /// Sends a signal to the program alone.
    package func signal(_ number: Int32) { kill(processID, number) }

    /// Sends a signal to whatever runs in the foreground of the terminal.
    package func signalForeground(_ number: Int32) {
        _ = cpseudoterminal_signal_foreground(controller, number)
    }

    /// Pulls the plug: the terminal is gone for the program.
    package func hangUp() {
        drain()
        if controller >= 0 { cpseudoterminal_close(controller) }
        controller = -1
    }

    // MARK: What comes of it

    /// Reads until the screen is as wanted.
    ///
    /// - Throws: `Failure` with the screen, when that takes too long or the program ends before.
    @discardableResult
    package func waitFor(
        _ what: String, seconds: Int = 20, _ isThere: (TerminalScreen) -> Bool
    ) throws -> TerminalScreen {
        let deadline = cpseudoterminal_clock_milliseconds() + Int64(seconds) * 1000
        while true {
            drain()
            if isThere(screen) { return screen }
            let hasEnded = hasEnded()
            if hasEnded { drain() }
            if isThere(screen) { return screen }
            if hasEnded || cpseudoterminal_clock_milliseconds() > deadline {
                throw failure("\(what) \(hasEnded ? "and the program has ended" : "in \(seconds) s")")
            }
            read(milliseconds: 20)
        }
    }

    /// Reads until a text is on the screen.
    @discardableResult
    package func waitFor(text: String, seconds: Int = 20) throws -> TerminalScreen {
        try waitFor("“\(text)”", seconds: seconds) { $0.contains(text) }
    }

    /// Reads until the program has ended.
    package func waitForEnd(seconds: Int = 20) throws -> End {
        let deadline = cpseudoterminal_clock_milliseconds() + Int64(seconds) * 1000
        while !hasEnded() {
            read(milliseconds: 20)
            if cpseudoterminal_clock_milliseconds() > deadline { throw failure("an end in \(seconds) s") }
        }
        drain()
        return end ?? .exited(0)
    }

    /// The terminal's modes now, to be compared with those before.
    package var modes: [UInt8] { Self.modes(of: terminal) }

    /// What of the terminal is not as the program found it: modes, screen, cursor, what was switched on besides.
    package var notGivenBack: [String] {
        var found: [String] = []
        if modes != modesBefore { found.append("the terminal's modes") }
        if screen.isAlternate { found.append("the second screen") }
        if !screen.isCursorVisible { found.append("the cursor") }
        found += screen.modes.intersection([1, 1000, 1002, 1004, 1006, 2004]).sorted().map { "mode \($0)" }
        return found + screen.unknown.map { "\($0)" }
    }

    private static func modes(of terminal: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = cpseudoterminal_modes(terminal, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, Int(count))))
    }

    private func failure(_ what: String) -> Failure {
        let tail = transcript.suffix(300).map { byte in
            (0x20..<0x7F).contains(byte) ? String(Unicode.Scalar(byte)) : "<\(String(byte, radix: 16))>"
        }.joined()
        return Failure(
            description: "There was no \(what).\n--- screen\n\(screen.text)\n--- last bytes\n\(tail)")
    }

    private func hasEnded() -> Bool {
        if end != nil { return true }
        var (exited, code): (Int32, Int32) = (0, 0)
        guard cpseudoterminal_ended(processID, &exited, &code) == 1 else { return false }
        end = exited == 1 ? .exited(code) : .signalled(code)
        return true
    }

    private func drain() {
        while read(milliseconds: 0) { continue }
    }

    @discardableResult
    private func read(milliseconds: Int32) -> Bool {
        guard controller >= 0 else {
            poll(nil, 0, milliseconds)
            return false
        }
        var bytes = [UInt8](repeating: 0, count: 64 * 1024)
        let count = cpseudoterminal_read(controller, &bytes, bytes.count, milliseconds)
        guard count > 0 else { return false }
        transcript.append(contentsOf: bytes.prefix(Int(count)))
        var screen = self.screen
        tokens.feed(bytes.prefix(Int(count))) { screen.take($0) }
        self.screen = screen
        return true
    }
}
