import Camera
import CommandTable
import Labels
import Model
import Preview
import Scanning

/// `muster scan --camera`: prints each symbol once frames agree on it.
struct CameraReader {
    private let context: CommandContext
    private let camera: String
    private let labels: LabelReader
    private let source: any FrameSource
    /// How many symbols are enough; `nil`: as many as come.
    private let count: Int?
    private let timeout: Duration?

    /// So many previews in a row with the same hint are worth a remark.
    private static let previewsToRemark = 10

    /// - Throws: `UsageError` and `CommandFailure` for options that cannot be; what `CameraChoice` throws.
    init(_ context: CommandContext, camera: String, labels: LabelReader) throws {
        guard context.invocation.arguments.isEmpty else {
            throw UsageError.unexpectedArgument(context.invocation.arguments[0])
        }
        self.context = context
        self.camera = camera
        self.labels = labels
        count = try Self.number("count", context, atMost: 1_000_000)
        timeout = try Self.number("timeout", context, atMost: 86_400).map { .seconds($0) }
        source = try CameraChoice.source(named: camera, context.surroundings)
    }

    private static func number(_ option: String, _ context: CommandContext, atMost most: Int) throws -> Int? {
        guard let text = context.invocation.value(option) else { return nil }
        guard let number = Int(text), (1...most).contains(number) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was read: `\(text)` is no number for --\(option).",
                "Give a number from 1 to \(most).")
        }
        return number
    }

    /// How the reading ended.
    private enum Ending: Sendable {
        case enough
        case over(Explanation?)
        case timeUp
    }

    /// Reads until there are enough symbols, the recording is over, or the time is up.
    func run(_ scanner: Scanner) async throws -> ExitCode {
        let tally = Tally()
        setTorch(on: true)
        defer { setTorch(on: false) }
        let ending = await withTaskGroup(of: Ending.self) { group in
            group.addTask { await read(scanner, tally) }
            if let timeout {
                group.addTask {
                    // Cut short when the reading is done before: then nobody asks for its result.
                    try? await Task.sleep(for: timeout)
                    return .timeUp
                }
            }
            let first = await group.next() ?? .over(nil)
            group.cancelAll()
            return first
        }
        return try code(for: ending, found: await tally.count)
    }

    /// With `--torch`; a camera without one goes on without.
    private func setTorch(on: Bool) {
        guard context.invocation.has("torch"), let device = source as? DeviceSource else { return }
        do throws(CameraError) {
            try CameraDevice(path: device.path).set(.torch, to: on ? 1 : 0)
        } catch {
            if on { context.console.remark(error.explanation.what + ". " + error.explanation.nextStep + ".") }
        }
    }

    private func code(for ending: Ending, found: Int) throws -> ExitCode {
        switch ending {
        case .enough: return .done
        case .over(let reason?): throw CommandFailure(reason)
        case .over(nil) where found == 0: show([])
        case .over(nil), .timeUp: break
        }
        guard let count else {
            if case .timeUp = ending, found == 0 { throw missed("no code was read in time") }
            return .done
        }
        guard found < count else { return .done }
        throw missed("\(found) of \(count) codes were read")
    }

    private func show(_ symbols: [Symbol]) {
        let report = PictureReport(
            ScannedPicture(width: 0, height: 0, symbols: symbols), of: camera, reader: labels)
        let reveal = context.invocation.has("reveal")
        for line in report.lines(reveal: reveal) { context.console.print(line) }
        report.explanation(reveal: reveal).forEach(context.console.show)
    }

    private func missed(_ what: String) -> CommandFailure {
        CommandFailure(
            .failed, "camera_too_few", "Not all was read: \(what).",
            "Hold the label so that it fills half the picture, in good light; or type the serial.")
    }

    private func read(_ scanner: Scanner, _ tally: Tally) async -> Ending {
        var hints = HintRemarks()
        for await news in await CameraScanner(source: source, scanner: scanner).news() {
            switch news {
            case .preview(let preview):
                if let remark = hints.remark(preview.hints.first) { context.console.remark(remark) }
            case .scanned(let symbols):
                let room = await tally.add(symbols.count, of: count)
                show(Array(symbols.prefix(room)))
                if await tally.count == count { return .enough }
            case .trouble(let explanation):
                context.console.remark("\(explanation.what). \(explanation.nextStep). [\(explanation.id)]")
            case .recovered: context.console.remark("\(camera): pictures come again")
            case .ended(let reason): return .over(reason)
            }
        }
        return .over(nil)
    }

    /// How many symbols were printed: known also when the reading is cut short.
    private actor Tally {
        private(set) var count = 0

        /// Adds up to the limit, and gives how many there was room for.
        func add(_ more: Int, of limit: Int?) -> Int {
            let room = min(more, (limit ?? .max) - count)
            count += room
            return room
        }
    }

    /// Says a hint once when it has lasted, and again only after another.
    private struct HintRemarks {
        private var current: PictureHint?
        private var previews = 0
        private var said: PictureHint?

        mutating func remark(_ hint: PictureHint?) -> String? {
            previews = hint == current ? previews + 1 : 1
            current = hint
            guard previews == CameraReader.previewsToRemark, hint != said else { return nil }
            said = hint
            return hint?.advice
        }
    }
}
