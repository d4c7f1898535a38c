import CommandTable
import Labels
import Model
import Scanning

/// `muster scan`: every symbol of pictures, and what each says.
struct ScanCommand {
    let context: CommandContext

    func run() async throws -> ExitCode {
        let capture = try Capture(context)
        let scanner = capture.scanner()
        var worst = ExitCode.done
        for path in context.invocation.arguments {
            do {
                let symbols = try await capture.symbols(of: path, with: scanner)
                show(symbols, of: path, capture.reader)
            } catch {
                let failure = CommandFailure(error)
                context.console.report(failure.explanation)
                if failure.exitCode.rawValue > worst.rawValue { worst = failure.exitCode }
                // Without a decoder no further picture can be read; a missing picture is one among others.
                if failure.explanation.id == "scan_worker_missing" { break }
            }
        }
        await scanner.stop()
        return worst
    }

    private func show(_ symbols: [Symbol], of path: String, _ reader: LabelReader) {
        let console = context.console
        if symbols.isEmpty {
            console.print(EmptyFile(file: path, symbols: 0))
            console.show("\(path): no code could be read")
        }
        for symbol in symbols {
            let reading = reader.read(Payload(symbol))
            let reveal = context.invocation.has("reveal")
            let text = String(decoding: symbol.bytes, as: UTF8.self)
            let shown = reading.hasSecrets && !reveal ? Redacted<String>.placeholder : text
            console.print(
                Found(
                    file: path, symbology: symbol.symbology, text: shown,
                    bytes: reading.hasSecrets && !reveal
                        ? Redacted<String>.placeholder : Base64.encode(symbol.bytes),
                    points: symbol.points.map { [$0.x, $0.y] },
                    label: LabelJSON(reading, reveal: reveal)))
            console.show("\(path): \(symbol.symbology.rawValue)  \(shown)")
            LabelLines(reading, reveal: reveal).lines.forEach { console.show("  " + $0) }
        }
    }

    private struct Found: Encodable {
        var file: String
        var symbology: Symbology
        var text: String
        var bytes: String
        var points: [[Int]]
        var label: LabelJSON
    }

    private struct EmptyFile: Encodable {
        var file: String
        var symbols: Int
    }
}
