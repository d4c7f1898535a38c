import Model

/// Where a command's words go: results to standard output, everything else to standard error.
///
/// Text from outside passes `VisibleText` here, so that no label or reply can steer the terminal.
struct Console: Sendable {
    let program: String
    var json: Bool
    /// Writes a line to standard output.
    private let output: @Sendable (String) -> Void
    /// Writes a line to standard error.
    private let errors: @Sendable (String) -> Void

    init(
        program: String, json: Bool, output: @escaping @Sendable (String) -> Void,
        errors: @escaping @Sendable (String) -> Void
    ) {
        self.program = program
        self.json = json
        self.output = output
        self.errors = errors
    }

    /// A line of the result, for people. Nothing when JSON is asked for.
    func show(_ line: String) {
        if !json { output(VisibleText.of(line)) }
    }

    /// An object of the result, for scripts. Nothing when text is asked for.
    func print(_ value: some Encodable) {
        guard json, let text = try? CanonicalJSON.text(value) else { return }
        output(VisibleText.json(text))
    }

    /// Text of our own making that is the whole result, such as help or a manual page; several lines.
    func document(_ text: String) {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast(
            text.hasSuffix("\n") ? 1 : 0)
        {
            output(String(line))
        }
    }

    /// A remark beside the result.
    func remark(_ line: String) {
        errors(VisibleText.of(line))
    }

    /// What went wrong, with what to do next.
    func report(_ explanation: Explanation) {
        if json {
            print(ErrorLine(error: explanation.id, nextStep: explanation.nextStep, what: explanation.what))
        }
        remark("\(program): \(explanation.what)")
        remark("  \(explanation.nextStep) [\(explanation.id)]")
    }

    private struct ErrorLine: Encodable {
        var error: String
        var nextStep: String
        var what: String
    }
}
