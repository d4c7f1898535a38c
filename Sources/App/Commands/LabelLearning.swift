import CommandTable
import Labels
import Model
import Processes
import Scanning

/// `muster label learn`: a profile from a few labels of one product.
struct LabelLearning {
    let context: CommandContext

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run() async throws -> ExitCode {
        guard let name = invocation.value("name") else { throw UsageError.missingArgument("--name NAME") }
        let product: ProductID? = try invocation.value("product").map { try ArgumentText.identifier($0) }
        let capture = try Capture(context)
        let examples =
            try await invocation.has("lines") ? lines() : labels(of: expanded(invocation.arguments), capture)
        let learned: LearnedProfile
        do {
            learned = try ProfileLearner(name: name, product: product, reader: capture.reader.withoutProfiles)
                .learn(examples, serials: invocation.values["serial"] ?? [])
        } catch {
            throw CommandFailure(.badInput, error.explanation)
        }
        tell(learned, examples: examples.count)
        let checked = try await check(learned, capture)
        if checked == .done || !invocation.has("install") {
            try keep(learned, named: name)
        } else {
            console.remark("The profile was not installed. Learn it anew with that label among the others.")
        }
        return checked
    }

    /// The codes of each picture, which shows one label.
    private func labels(of paths: [String], _ capture: Capture) async throws -> [[Payload]] {
        guard !paths.isEmpty else { throw UsageError.missingArgument("FILE") }
        let scanner = capture.scanner()
        var labels: [[Payload]] = []
        for path in paths {
            let symbols = try await capture.symbols(of: path, with: scanner)
            labels.append(symbols.filter { !$0.isDisputed }.map { Payload($0) })
        }
        return labels
    }

    private func expanded(_ arguments: [String]) throws -> [String] {
        try PicturePaths(surroundings: context.surroundings).expand(arguments)
    }

    private struct Line: Decodable {
        struct Code: Decodable {
            var text: String
            var symbology: Symbology?
        }

        var codes: [Code]
    }

    /// One label a line of standard input.
    private func lines() throws -> [[Payload]] {
        var labels: [[Payload]] = []
        while let line = readLine(strippingNewline: true) {
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            do {
                let read = try CanonicalJSON.decode(Line.self, from: Array(line.utf8))
                labels.append(read.codes.map { Payload(bytes: Array($0.text.utf8), symbology: $0.symbology) })
            } catch {
                throw CommandFailure(
                    .badInput, "learn_line", "No profile was made: line \(labels.count + 1) is no label.",
                    #"Write {"codes":[{"text":…,"symbology":…}]}, one label a line."#)
            }
        }
        return labels
    }

    private func tell(_ learned: LearnedProfile, examples: Int) {
        console.remark("Learned from \(examples) labels, each code of which is taken for:")
        for code in learned.codes { console.remark("  \(code.role) (\(code.use)): \(code.how)") }
    }

    /// Says what the profile makes of labels that it has not seen.
    private func check(_ learned: LearnedProfile, _ capture: Capture) async throws -> ExitCode {
        let paths = try expanded(invocation.values["check"] ?? [])
        guard !paths.isEmpty else { return .done }
        let reader = capture.reader.with(learned.profile)
        var code = ExitCode.done
        for (path, payloads) in zip(paths, try await labels(of: paths, capture)) {
            let reading = reader.read(label: payloads)
            guard reading.profile == learned.profile.name, reading.missing.isEmpty else {
                console.remark("! \(path): the profile does not fit this label")
                code = .badInput
                continue
            }
            let words = reading.labels.map { FieldWords.sentence($0.fields.plain) }.filter { !$0.isEmpty }
            console.remark("✓ \(path): \(words.joined(separator: ", "))")
        }
        return code
    }

    private func keep(_ learned: LearnedProfile, named name: String) throws {
        let text = try learned.json() + "\n"
        guard invocation.has("install") else {
            if let path = invocation.value("output") {
                try Files.writeAtomically(Array(text.utf8), to: path, mode: 0o644)
                console.remark("The profile is in \(path).")
            } else {
                console.document(text)
            }
            return
        }
        let directory = LabelTemplates.ownDirectory(context.surroundings)
        try Files.makeDirectories(directory)
        let path = "\(directory)/\(name).json"
        try Files.writeAtomically(Array(text.utf8), to: path, mode: 0o644)
        console.remark(
            "The profile is in \(path): every command and screen reads such labels by it from now on.")
    }
}
