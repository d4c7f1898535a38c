import CommandTable
import Labels
import Model

/// `muster label`: what payloads mean, one on the command line or many on standard input.
struct LabelCommand {
    let context: CommandContext

    private var reveal: Bool { context.invocation.has("reveal") }

    func run() throws -> ExitCode {
        let installed = try LabelTemplates.installed(context.surroundings)
        let reader = LabelReader(installed, context.surroundings)
        if context.invocation.has("lines") { return try runLines(reader, installed) }
        let bytes: [UInt8]
        if let text = context.invocation.arguments.first {
            bytes = try PayloadText.bytes(text)
        } else {
            bytes = try InputFile.bytes("-", limit: Payload.limitBytes + 1).withoutLineEnd
        }
        let symbology = context.invocation.value("symbology").flatMap(Symbology.init)
        let payload = Payload(bytes: bytes, symbology: symbology)
        return tell(reader.read(label: [payload]).codes[0], payload, reader)
    }

    private func runLines(_ reader: LabelReader, _ installed: ProfileFile) throws -> ExitCode {
        var worst = ExitCode.done
        var number = 0
        while let line = readLine(strippingNewline: true) {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                let line = try CanonicalJSON.decode(LabelLine.self, from: Array(line.utf8))
                let reading = try line.read(with: reader) { templates in
                    var file = installed
                    file.templates = templates + file.templates
                    return LabelReader(file, context.surroundings)
                }
                let code = LabelReading.Code(reading: reading, payload: Payload(text: line.input), reader)
                if tell(code, Payload(text: line.input), reader) != .done { worst = .badInput }
            } catch {
                let reason = CommandFailure(error).explanation
                context.console.report(
                    Explanation(
                        id: reason.id, what: "Line \(number) was not read. \(reason.what)",
                        nextStep: reason.nextStep))
                worst = .badInput
            }
        }
        return worst
    }

    private func tell(_ code: LabelReading.Code, _ payload: Payload, _ reader: LabelReader) -> ExitCode {
        context.console.print(LabelJSON(code.reading, reveal: reveal))
        LabelExplanation(code: code, payload: payload, reader: reader, reveal: reveal).lines
            .forEach(context.console.show)
        switch code.reading {
        case .success: return .done
        case .failure: return .badInput
        }
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
