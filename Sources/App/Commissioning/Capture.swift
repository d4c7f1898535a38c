import CommandTable
import Intake
import Labels
import Model
import Processes
import Scanning

/// Gets what a label holds, from whichever way the installer has: one reader behind all of them.
struct Capture: Sendable {
    let context: CommandContext
    let reader: LabelReader

    init(_ context: CommandContext) throws {
        self.context = context
        reader = try LabelReader.installed(context.surroundings)
    }

    /// Longest time for one picture.
    private static let pictureTimeout = Duration.seconds(20)

    /// A scanner that decodes in the worker beside this program.
    func scanner() -> Scanner {
        Scanner(
            worker: context.surroundings.programDirectory + "/muster-decode", timeout: Self.pictureTimeout)
    }

    /// Scanners for many pictures, so many at once.
    func pool(workers: Int) -> ScannerPool {
        ScannerPool(
            worker: context.surroundings.programDirectory + "/muster-decode", timeout: Self.pictureTimeout,
            workers: workers)
    }

    /// What a payload of a scanner says. `format` is the one that a person says it is of; `nil` to find that out.
    func evidence(payload: [UInt8], as format: String? = nil) throws -> LabelEvidence {
        guard let format else {
            var evidence = LabelEvidence()
            try evidence.add([Payload(bytes: payload)], with: reader)
            return evidence
        }
        guard let reading = reader.read(Payload(bytes: payload), as: format) else {
            throw CommandFailure(
                .usage, "format_unknown", "Nothing was saved: there is no label format `\(format)`.",
                "Give one of: \(reader.formatNames.joined(separator: ", ")).")
        }
        return LabelEvidence(label: try reading.get())
    }

    /// What all codes on a picture say.
    ///
    /// - Throws: `CommandFailure` with exit code 65 when the picture cannot be read or has no code.
    func evidence(picture path: String, with scanner: Scanner) async throws -> LabelEvidence {
        let symbols = try await symbols(of: path, with: scanner)
        guard !symbols.isEmpty else {
            throw CommandFailure(
                .badInput, "no_symbol", "Nothing was saved: no code could be read on `\(path)`.",
                "Take the picture again: closer, sharper, without glare; or type the serial.")
        }
        var evidence = LabelEvidence()
        try evidence.add(symbols.map { Payload($0) }, with: reader)
        return evidence
    }

    /// Every symbol of a picture file.
    func symbols(of path: String, with scanner: Scanner) async throws -> [Symbol] {
        do {
            return try await scanner.scan(try open(path)).symbols
        } catch {
            throw failure(error, of: path)
        }
    }

    /// A picture as the decoder gets it: its file, open; of a pipe what comes out of it.
    func open(_ path: String) throws -> PictureSource {
        guard path != "-" else { return .bytes(try InputFile.bytes(path)) }
        let file = try Files.open(path, [.read, .nonblocking])
        switch try file.status().kind {
        case .file, .folder: return .file(file)
        default: return .bytes(try InputFile.bytes(path))
        }
    }

    /// Why a picture gave nothing, naming it.
    func failure(_ error: any Error, of path: String) -> CommandFailure {
        guard let error = error as? ScanError else { return CommandFailure(error) }
        let reason = error.explanation
        return CommandFailure(
            error.isMissingWorker ? .unavailable : .badInput, reason.id, "`\(path)`: \(reason.what)",
            reason.nextStep)
    }
}
