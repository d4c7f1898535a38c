internal import CNcurses
package import Canvas
internal import Model

/// The terminal, taken over from `init` to `close`: frames go out, inputs come in.
///
/// It belongs to the thread that opened it, and there is one in a process. Whatever ends the process,
/// short of SIGKILL, the terminal is given back as it was. While it is open, what other code writes to
/// standard error is kept, and shown when the terminal is given back.
package final class Terminal {
    package let capabilities: TerminalCapabilities
    package let waker: Waker
    private let thread = cncurses_thread()
    private let title: (start: String, end: String)?
    private let clock: @Sendable () -> Int64
    private var painter: Painter
    private var decoder: InputDecoder
    private var ready: [TimedInput] = []
    private var hasInput = true
    private var isOpen = true

    /// Blocks the signals that the terminal handles. Call it first thing in a program that will open the
    /// terminal, before any thread exists: later threads are then never interrupted. Programs that are
    /// started from here need an empty mask, as `Processes` gives them.
    package static func prepareProcess() {
        cncurses_prepare_process()
    }

    /// Why the full screen cannot be shown on a terminal of this type; `nil` when it can.
    package static func obstacle(type: String) -> TerminalError? {
        guard cncurses_is_terminal() == 1 else { return .notATerminal }
        do throws(TerminalError) { _ = try TerminalType(type) } catch { return error }
        var (columns, rows): (Int32, Int32) = (0, 0)
        cncurses_kernel_size(&columns, &rows)
        let size = Size(columns: Int(columns), rows: Int(rows))
        guard columns > 0, rows > 0 else { return nil }
        return size.columns < Size.smallest.columns || size.rows < Size.smallest.rows ? .tooSmall(size) : nil
    }

    /// Takes the terminal over; the screen is blank until the first frame.
    ///
    /// - Throws: `notATerminal`, `dumb`, `unknownType`, `noDatabase` or `refused`; nothing has changed then.
    ///   A terminal that is too small is opened: it can be enlarged.
    package init(_ options: TerminalOptions) throws(TerminalError) {
        guard cncurses_is_terminal() == 1 else { throw .notATerminal }
        let isUTF8 = cncurses_use_utf8() == 1
        let type = try TerminalType(options.type)
        guard let waker = Waker() else { throw .refused }
        let extras = type.extras(mouse: options.allowsMouse)
        let keys = type.keys
        let title = type.title
        let opened = cncurses_open(type.name, extras.enable, extras.disable)
        guard opened == CNCURSES_OK.bits else {
            throw opened == CNCURSES_UNKNOWN.bits ? .unknownType(options.type) : .refused
        }
        var (colors, pairs): (Int32, Int32) = (0, 0)
        cncurses_colors(&colors, &pairs)
        let glyphs = GlyphSet.fit(type: type.name, isUTF8: isUTF8, wantsASCII: options.wantsASCII)
        capabilities = TerminalCapabilities(
            type: type.name, colors: Int(colors), glyphs: glyphs,
            hasMouse: options.allowsMouse && type.hasMouse, tellsPaste: type.tellsPaste,
            hasTitle: title != nil,
            hasGreys: options.allowsGreys && glyphs == .unicode && colors >= 256 && pairs >= 1024)
        self.waker = waker
        self.title = title
        clock = options.clock
        decoder = InputDecoder(keys)
        painter = Painter(capabilities, pairs: Int(pairs))
    }

    deinit {
        // Given back by whichever thread drops the last reference; nothing else uses the library by then.
        if isOpen { cncurses_close() }
    }

    /// Gives the terminal back. No other call may follow; a second one does nothing.
    package func close() {
        checkThread()
        guard isOpen else { return }
        isOpen = false
        cncurses_close()
    }

    /// What fits now.
    package var size: Size {
        checkThread()
        var (columns, rows): (Int32, Int32) = (0, 0)
        cncurses_size(&columns, &rows)
        return Size(columns: Int(columns), rows: Int(rows))
    }

    /// Shows a frame: only what differs from what is shown is sent. What does not fit is left out.
    package func paint(_ frame: Frame, theme: Theme) {
        checkOpen()
        painter.paint(frame, theme: theme, on: size)
    }

    package func bell() {
        checkOpen()
        cncurses_bell()
    }

    /// Names the window, where the terminal has a place for that.
    package func setTitle(_ text: String) {
        checkOpen()
        guard let title else { return }
        let shown = VisibleText.of(text).unicodeScalars.prefix(80)
        let safe = shown.map { capabilities.glyphs == .ascii && !$0.isASCII ? "?" : String($0) }.joined()
        send(title.start + safe + title.end)
    }

    /// Gives the terminal back, stops the program as Ctrl-Z does, and takes the terminal again when it
    /// goes on.
    ///
    /// Where nothing could ever make it go on, the system does not stop it. All is drawn anew.
    package func suspend() {
        checkOpen()
        let before = size
        cncurses_suspend()
        tellSize(before)
    }

    /// Waits for inputs until the deadline on the terminal's clock, or for ever without one.
    ///
    /// Returns all that are there; none when the deadline passed or the waker was used.
    package func wait(untilMilliseconds deadline: Int64? = nil) -> [TimedInput] {
        checkOpen()
        while ready.isEmpty {
            let limit = timeout(until: deadline)
            let came = cncurses_wait(waker.number, hasInput ? 1 : 0, limit)
            let now = clock()
            take(came, at: now)
            ready += decoder.expire(at: now)
            if came & CNCURSES_WOKEN.bits != 0 { break }
            if let deadline, now >= deadline { break }
        }
        defer { ready = [] }
        return ready
    }

    // MARK: Waiting

    /// In milliseconds for `poll(2)`; -1 waits without a limit.
    private func timeout(until deadline: Int64?) -> Int32 {
        let moments = [deadline, decoder.deadlineMilliseconds].compactMap { $0 }
        guard let first = moments.min() else { return -1 }
        return Int32(clamping: max(0, first - clock()))
    }

    private func take(_ came: Int32, at now: Int64) {
        if came & CNCURSES_SIGNALLED.bits != 0 { takeSignals(at: now) }
        if came & CNCURSES_INPUT.bits != 0 { takeBytes(at: now) }
        if came & CNCURSES_HANG_UP.bits != 0 { end(at: now) }
    }

    private func takeBytes(at now: Int64) {
        var bytes = [UInt8](repeating: 0, count: 16 * 1024)
        let count = cncurses_read(&bytes, bytes.count)
        // A terminal has no end of input in raw mode, except that it is gone.
        guard count > 0 else { return end(at: now) }
        ready += decoder.decode(bytes.prefix(count), at: now)
    }

    private func end(at now: Int64) {
        guard hasInput else { return }
        hasInput = false
        ready.append(TimedInput(.hangUp, milliseconds: now))
    }

    private func takeSignals(at now: Int64) {
        var isResized = false
        while true {
            switch cncurses_next_signal() {
            case CNCURSES_RESIZED.bits: isResized = true
            case CNCURSES_TERMINATE.bits: ready.append(TimedInput(.terminate, milliseconds: now))
            case CNCURSES_HUNG_UP.bits: ready.append(TimedInput(.hangUp, milliseconds: now))
            case CNCURSES_SUSPEND.bits: ready.append(TimedInput(.suspend, milliseconds: now))
            case CNCURSES_RESUMED.bits:
                let before = size
                cncurses_reenter()
                ready.append(TimedInput(.resumed, milliseconds: now))
                tellSize(before)
            default:
                if isResized { fitToKernel() }
                return
            }
        }
    }

    /// The largest terminal that is used to its edge; a larger one has blank rows and columns.
    private static let largest = Size(columns: 1000, rows: 400)

    private func fitToKernel() {
        var (columns, rows): (Int32, Int32) = (0, 0)
        cncurses_kernel_size(&columns, &rows)
        guard columns > 0, rows > 0 else { return }
        let before = size
        cncurses_resize(
            min(columns, Int32(Self.largest.columns)), min(rows, Int32(Self.largest.rows)))
        tellSize(before)
    }

    private func tellSize(_ before: Size) {
        let now = size
        painter.forget()
        if now != before { ready.append(TimedInput(.resized(now), milliseconds: clock())) }
    }

    // MARK: Rules

    private func send(_ text: String) {
        let bytes = Array(text.utf8)
        cncurses_send(bytes, bytes.count)
    }

    private func checkThread() {
        precondition(cncurses_thread() == thread, "the terminal belongs to the thread that opened it")
    }

    private func checkOpen() {
        checkThread()
        precondition(isOpen, "the terminal has been given back")
    }
}
