import CommandTable
import Model
import Registrar
import RegistrarStore
import TargetCore

extension TargetCommand {
    func list() async throws {
        let rules = try await registrar.placementRules()
        let devices = try await registrar.devicesAtTargets()
        let seen = try await registrar.seenTargets()
        var table = TextTable(header: ["TARGET", "KIND", "STANDING", "DEVICES", "PROOFS"])
        for target in try await registrar.targets() {
            let id = target.summary.targetID
            let outage = seen[id]?.health.outage
            let said = rules?.candidates.first { $0.target == id }?.standing
            let line = Listed(
                devices: devices[id] ?? 0,
                foundDown: outage.map { Outage(reason: $0.reason, since: $0.since) },
                kind: target.summary.kind, proofs: target.summary.proofs,
                standing: said?.rawValue ?? "not placed", target: id)
            console.print(line)
            table.rows.append([
                id.rawValue, line.kind.rawValue, Self.words(said, outage), String(line.devices),
                line.proofs.map(\.rawValue).joined(separator: ", "),
            ])
        }
        table.lines.forEach(console.show)
        for (id, outage) in seen.compactMapValues(\.health.outage).sorted(by: { $0.key < $1.key }) {
            console.remark("\(id) was found to be down by itself: \(outage.reason) It is tried now and then.")
        }
    }

    /// A person's word, then what was found: `up, down since 2026-11-26T08:00:00Z by itself`.
    private static func words(
        _ said: PlacementCandidate.Standing?, _ outage: TargetHealth.Outage?
    ) -> String {
        let said = said?.rawValue ?? "not placed"
        guard let outage else { return said }
        let found = "down since \(outage.since), by itself"
        return said == PlacementCandidate.Standing.up.rawValue ? found : "\(said); \(found)"
    }

    func mark(_ standing: PlacementCandidate.Standing) async throws {
        let id = try id
        guard try await registrar.mark(id, as: standing) else {
            throw CommandFailure(
                .badInput, "target_not_placed", "Nothing was changed: no rule of placement names \(id).",
                "Name it with `placement set`.")
        }
        console.print(Marked(standing: standing.rawValue, target: id))
        console.show("\(id) is marked as \(standing.rawValue).")
    }

    /// What was set and found, oldest last.
    func history() async throws {
        let id = try id
        let entries = try await registrar.history(of: id)
        guard !entries.isEmpty else { throw unknown(id) }
        var table = TextTable(header: ["WHEN", "WHAT", "BY", "DETAIL"])
        for entry in entries {
            console.print(entry)
            table.rows.append([
                entry.at.description, entry.action, entry.actor?.rawValue ?? "itself",
                entry.detail.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
                    .joined(separator: ", "),
            ])
        }
        table.lines.forEach(console.show)
    }

    private struct Outage: Encodable {
        var reason: String
        var since: Timestamp
    }

    private struct Listed: Encodable {
        var devices: Int
        /// Absent while it answers.
        var foundDown: Outage?
        var kind: TargetKind
        var proofs: [TargetCapabilities.Proof]
        var standing: String
        var target: TargetID
    }

    private struct Marked: Encodable {
        var standing: String
        var target: TargetID
    }
}
