import CommandTable
import Model
import Registrar
import TargetCore

extension TargetCommand {
    func devices() async throws -> ExitCode {
        let id = try id
        guard try await registrar.settings(of: id) != nil else { throw unknown(id) }
        return try await TargetDevicesCommand(context: context, registrar: registrar).run(id)
    }
}

/// `target devices`: what a target holds, set against the registrar's records.
struct TargetDevicesCommand {
    let context: CommandContext
    let registrar: Registrar

    private var console: Console { context.console }

    func run(_ target: TargetID) async throws -> ExitCode {
        let onlyDifferences = context.invocation.has("differences")
        var counts: [TargetReconciliation.Verdict: Int] = [:]
        try await registrar.listDevices(at: target, matching: context.invocation.value("query")) { page in
            for line in page {
                counts[line.verdict, default: 0] += 1
                guard !onlyDifferences || line.verdict != .known else { continue }
                console.print(line)
                console.show(Self.text(line))
            }
        }
        report(counts, at: target)
        return counts.keys.contains(where: \.needsPerson) ? .savedNeedsPerson : .done
    }

    /// Columns of fixed width: lines are shown as their pages come.
    private static func text(_ line: TargetListLine) -> String {
        let whose = [line.tenant?.rawValue, line.device?.rawValue].compactMap { $0 }.joined(separator: "/")
        let further = [
            whose, line.standing == .disabled ? "kept out" : "", line.place.map { "at \($0)" } ?? "",
        ]
        return
            ([padded(word(line.verdict), 10), padded(line.kind.rawValue, 12), padded(line.name, 24)]
            + further.filter { !$0.isEmpty }).joined(separator: "  ")
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func word(_ verdict: TargetReconciliation.Verdict) -> String {
        switch verdict {
        case .known, .missing, .leftover, .exchanged, .foreign: verdict.rawValue
        case .underWork: "under work"
        }
    }

    private func report(_ counts: [TargetReconciliation.Verdict: Int], at target: TargetID) {
        func sentence(_ verdict: TargetReconciliation.Verdict, _ says: String) -> String? {
            counts[verdict].map { "\($0) \(says)" }
        }
        let parts = [
            sentence(.known, "known to both"), sentence(.underWork, "under work"),
            sentence(.foreign, "not this registrar's"),
            sentence(.missing, "in the records and missing there: provision them again"),
            sentence(.leftover, "left there of devices that are elsewhere or gone: see `target work`"),
            sentence(.exchanged, "bearing another device's mark than the records have for the name"),
        ].compactMap { $0 }
        console.remark(
            "\(target): " + (parts.isEmpty ? "nothing is there." : parts.joined(separator: "; ") + "."))
    }
}
