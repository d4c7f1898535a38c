import CommandTable
import Screens

/// `muster doctor`: what stands in the way of work, each with what to do.
struct DoctorCommand {
    let context: CommandContext

    func run() async throws -> ExitCode {
        let directory = context.invocation.value("bundle")
        // A store that cannot be opened is one of the findings.
        let companion = directory == nil ? nil : try? await Companion.open(context)
        let checks = await Doctor(context: context).checks(companion)
        for check in checks {
            context.console.print(check)
            context.console.show(check.line)
        }
        if let directory {
            try await SupportBundle(context, directory: directory).write(checks, companion)
            context.console.remark("What support needs is in \(directory); look at it before you send it.")
        }
        return checks.contains { $0.verdict == .bad } ? .failed : .done
    }
}

/// One thing that was looked at.
struct DoctorCheck: Encodable, Sendable {
    enum Verdict: String, Encodable, Sendable {
        case good, warning, bad
    }

    var check: String
    var verdict: Verdict
    var says: String
    var nextStep: String?

    var line: String {
        let mark =
            switch verdict {
            case .good: "✓ good   "
            case .warning: "! look at"
            case .bad: "✗ broken "
            }
        return "\(mark)  \(check): \(says)" + (nextStep.map { " → \($0)" } ?? "")
    }

    /// The same for the full screen.
    var row: DoctorRow {
        let verdict: DoctorRow.Verdict =
            switch verdict {
            case .good: .good
            case .warning: .warning
            case .bad: .bad
            }
        return DoctorRow(check: check, verdict: verdict, says: says, nextStep: nextStep)
    }
}
