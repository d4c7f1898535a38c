import CommandTable
import FoundationEssentials
import Labels
import Model
import Processes
import Scanning

/// `muster scan`: every symbol of pictures, and what each says.
struct ScanCommand {
    let context: CommandContext

    private var console: Console { context.console }

    func run() async throws -> ExitCode {
        let capture = try Capture(context)
        if let camera = context.invocation.value("camera") {
            return try await CameraReader(context, camera: camera, labels: capture.reader).run(
                capture.scanner())
        }
        guard !context.invocation.arguments.isEmpty else { throw UsageError.missingArgument("FILE") }
        return try await read(capture)
    }

    private func read(_ capture: Capture) async throws -> ExitCode {
        let arguments = context.invocation.arguments
        let paths = PicturePaths(surroundings: context.surroundings)
        let pictures = try paths.expand(arguments)
        let isTable = paths.mayBeSeveral(arguments, pictures) && !context.invocation.has("explain")
        var tally = ScanTally(isTable: isTable)
        let pool = capture.pool(workers: min(pictures.count, ProcessInfo.processInfo.activeProcessorCount))
        do {
            try await pool.scan(pictures, open: { try capture.open($0) }) { path, result in
                do {
                    let report = PictureReport(try result.get(), of: path, reader: capture.reader)
                    tally.add(report)
                    show(report, isTable: isTable)
                } catch {
                    let failure = capture.failure(error, of: path)
                    tally.add(failure, of: path)
                    if !isTable || console.json { console.report(failure.explanation) }
                    // Without a decoder no further picture can be read; a missing picture is one among others.
                    if failure.explanation.id == "scan_worker_missing" { throw failure }
                }
            }
        } catch let failure as CommandFailure where failure.explanation.id == "scan_worker_missing" {
            if isTable, !console.json { console.report(failure.explanation) }
            return failure.exitCode
        }
        await pool.stop()
        tally.lines.forEach(console.show)
        return tally.worst
    }

    private func show(_ report: PictureReport, isTable: Bool) {
        let reveal = context.invocation.has("reveal")
        if context.invocation.has("together") {
            console.print(report.together)
        } else {
            for line in report.lines(reveal: reveal) { console.print(line) }
        }
        if !isTable { report.explanation(reveal: reveal).forEach(console.show) }
    }
}

/// What many pictures came to.
private struct ScanTally {
    let isTable: Bool
    private(set) var worst = ExitCode.done
    private var table = TextTable(header: PictureReport.columns)
    private var remarks: [String] = []
    private var pictures = 0
    private var devices = 0

    init(isTable: Bool) {
        self.isTable = isTable
    }

    mutating func add(_ report: PictureReport) {
        pictures += 1
        if report.identity != nil { devices += 1 }
        guard isTable else { return }
        table.rows += report.rows
        remarks += report.remarks.map { "! \(report.path): \($0)" }
    }

    mutating func add(_ failure: CommandFailure, of path: String) {
        pictures += 1
        if failure.exitCode.rawValue > worst.rawValue { worst = failure.exitCode }
        guard isTable else { return }
        table.rows.append(["!", path, "–", "–", failure.explanation.what])
        remarks.append("! \(path): \(failure.explanation.nextStep)")
    }

    /// Without the folder that all pictures are in.
    private var shortened: TextTable {
        let paths = table.rows.map { $0[1] }
        guard var folder = paths.first.map(Files.directory), folder != "." else { return table }
        while !paths.allSatisfy({ $0.hasPrefix(folder + "/") }) {
            guard folder.contains("/"), folder != "/" else { return table }
            folder = Files.directory(of: folder)
        }
        var short = table
        for index in short.rows.indices { short.rows[index][1].removeFirst(folder.count + 1) }
        return short
    }

    /// The table, what needs a person, and the sum; nothing for a single picture.
    var lines: [String] {
        guard isTable else { return [] }
        return shortened.lines + (remarks.isEmpty ? [] : [""] + remarks)
            + ["", "\(pictures) pictures: \(devices) name one device without a doubt."]
    }
}
