import Canvas
import Glibc
import Terminal

/// The newest inputs at the bottom of the screen, under a line that says what the terminal is.
final class InputLog {
    private let terminal: Terminal
    private let scene: Scene
    private var lines: [String] = []
    private var runs = true

    init(_ terminal: Terminal, _ scene: Scene) {
        self.terminal = terminal
        self.scene = scene
    }

    func run() {
        while runs {
            paint()
            for timed in terminal.wait() { take(timed.input) }
        }
    }

    private func paint() {
        let size = terminal.size
        var frame = Frame(size: size)
        let can = terminal.capabilities
        frame.fill(Rect(column: 0, row: 0, columns: size.columns, rows: 1), role: .title)
        frame.put(
            "ready \(size.columns)x\(size.rows) \(can.type) \(can.colors) \(can.glyphs)", column: 0, row: 0,
            role: .title)
        let shown = lines.suffix(max(0, size.rows - 1))
        for (row, line) in shown.enumerated() { frame.put(line, column: 0, row: row + 1) }
        frame.cursor = CellPoint(column: 0, row: min(size.rows - 1, shown.count + 1))
        terminal.paint(frame, theme: .sun)
    }

    private func take(_ input: Input) {
        lines.append("\(lines.count) \(Self.text(of: input))")
        switch input {
        case .text("\r"): act()
        case .terminate, .hangUp: runs = false
        case .suspend: terminal.suspend()
        default: break
        }
    }

    private func act() {
        switch scene {
        case .quit: runs = false
        case .suspend:
            terminal.suspend()
            lines.append("\(lines.count) continued")
        case .trap: fatalError("the probe was asked to trap")
        case .abort: Glibc.abort()
        case .exit: Glibc.exit(7)
        case .threadTrap: onThread { fatalError("a thread was asked to trap") }
        case .overflow: print(Self.overflow(1))
        case .raise: Glibc.raise(SIGSEGV)
        case .diagnostics:
            let text = "a library says: \u{1B}[2Jtorn é\n"
            text.withCString { _ = Glibc.write(2, $0, strlen($0)) }
        case .wake: wakeFromThread()
        case .bell: terminal.bell()
        case .wrongThread: onThread { [unowned(unsafe) self] in _ = terminal.size }
        case .obstacle, .forget, .hostile, .samples, .pictures: runs = false
        }
    }

    private func wakeFromThread() {
        let waker = terminal.waker
        onThread { waker.wake() }
        lines.append("\(lines.count) woken \(terminal.wait().count)")
    }

    private func onThread(_ work: @escaping () -> Void) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Work(work))
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
                return nil
            }, box.toOpaque())
        pthread_join(thread, nil)
    }

    private final class Work {
        let run: () -> Void
        init(_ run: @escaping () -> Void) { self.run = run }
    }

    private static func overflow(_ depth: Int) -> Int {
        var room = (depth, depth, depth, depth, depth, depth, depth, depth)
        return withUnsafeMutablePointer(to: &room) { overflow($0.pointee.3 + 1) + $0.pointee.5 }
    }

    static func text(of input: Input) -> String {
        switch input {
        case .text(let scalar): "text \(String(scalar.value, radix: 16, uppercase: true)) \(scalar)"
        case .key(let key): "key \(key.name) \(key.modifiers.rawValue)"
        case .paste(let bytes): "paste \(bytes.count) \(String(decoding: bytes.prefix(40), as: UTF8.self))"
        case .mouse(let event): "mouse \(event.kind) \(event.point.column),\(event.point.row)"
        case .resized(let size): "resized \(size.columns)x\(size.rows)"
        case .focus(let has): "focus \(has)"
        case .hangUp: "hangUp"
        case .terminate: "terminate"
        case .suspend: "suspend"
        case .resumed: "resumed"
        }
    }
}
