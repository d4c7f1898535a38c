import CommandTable
import Model
import Registrar
import TargetCore
import Targets

extension TargetCommand {
    /// Sets what is asked for, then shows the limits as they are used.
    func limits() async throws {
        let id = try id
        guard try await registrar.settings(of: id) != nil else { throw unknown(id) }
        let line = try await registrar.line(to: id)
        let own = try (invocation.values["set"] ?? []).map(Self.limit)
        let reset = invocation.values["reset"] ?? []
        if !own.isEmpty || !reset.isEmpty {
            try await registrar.setLimits(of: line, own, reset: reset)
        }
        TargetReport(console).show(try await registrar.governor(of: line))
        if !own.isEmpty { console.remark("Everything that calls \(line.account) goes by that from now on.") }
    }

    private static func limit(_ text: String) throws -> OwnLimit {
        guard let limit = OwnLimit(text) else {
            throw CommandFailure(
                .usage, "limit_unreadable",
                "Nothing was set: `\(text)` is not NAME=NUMBER or NAME=NUMBER/SECONDS.",
                "Write it like azure_hub_registry=300 or azure_hub_registry=300/60: calls from 1 to 10000000, "
                    + "seconds from 1 to 2678400.")
        }
        return limit
    }
}
