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
        if let camera = context.invocation.value("camera") {
            return try await read(camera, capture, scanner)
        }
        guard !context.invocation.arguments.isEmpty else { throw UsageError.missingArgument("FILE") }
        var worst = ExitCode.done
        for path in context.invocation.arguments {
            do {
                let symbols = try await capture.symbols(of: path, with: scanner)
                SymbolLines(context, capture.reader).show(symbols, of: path)
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

    private func read(_ camera: String, _ capture: Capture, _ scanner: Scanner) async throws -> ExitCode {
        let reader = try CameraReader(context, camera: camera, labels: capture.reader)
        do {
            let code = try await reader.run(scanner)
            await scanner.stop()
            return code
        } catch {
            await scanner.stop()
            throw error
        }
    }
}
