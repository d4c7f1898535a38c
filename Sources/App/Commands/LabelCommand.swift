import CommandTable
import Labels
import Model

/// `muster label`: what payloads mean, one on the command line or many on standard input.
struct LabelCommand {
    let context: CommandContext

    private var reveal: Bool { context.invocation.has("reveal") }

    func run() throws -> ExitCode {
        let reader = LabelReader(
            templates: try LabelTemplates.installed(context.surroundings), year: context.surroundings.year,
            digests: .system)
        if context.invocation.has("lines") { return try runLines(reader) }
        let bytes: [UInt8]
        if let text = context.invocation.arguments.first {
            bytes = try PayloadText.bytes(text)
        } else {
            bytes = try InputFile.bytes("-", limit: Payload.limitBytes + 1).withoutLineEnd
        }
        let symbology = context.invocation.value("symbology").flatMap(Symbology.init)
        return tell(reader.read(Payload(bytes: bytes, symbology: symbology)))
    }

    private func runLines(_ reader: LabelReader) throws -> ExitCode {
        var worst = ExitCode.done
        var number = 0
        while let line = readLine(strippingNewline: true) {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            let input: Line
            do { input = try CanonicalJSON.decode(Line.self, from: Array(line.utf8)) } catch {
                let reason = CommandFailure(error).explanation
                context.console.report(
                    Explanation(
                        id: reason.id, what: "Line \(number) was not read. \(reason.what)",
                        nextStep: reason.nextStep))
                worst = .badInput
                continue
            }
            let payload = Payload(
                bytes: Array(input.input.utf8), symbology: input.symbology.flatMap(Symbology.init),
                context: input.context)
            if tell(reader.read(payload)) != .done { worst = .badInput }
        }
        return worst
    }

    private func tell(_ reading: Result<Label, LabelFailure>) -> ExitCode {
        context.console.print(LabelJSON(reading, reveal: reveal))
        LabelLines(reading, reveal: reveal).lines.forEach(context.console.show)
        switch reading {
        case .success: return .done
        case .failure: return .badInput
        }
    }

    private struct Line: Decodable {
        var input: String
        var symbology: String?
        var context: String?
    }
}

extension [UInt8] {
    /// Without one CR LF or LF at the end, which the terminal or the shell put there.
    fileprivate var withoutLineEnd: [UInt8] {
        var bytes = self
        if bytes.last == 0x0A { bytes.removeLast() }
        if bytes.last == 0x0D { bytes.removeLast() }
        return bytes
    }
}
