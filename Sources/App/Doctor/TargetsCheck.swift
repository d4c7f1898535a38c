import Model
import Registrar
import RegistrarStore
import Store
import TargetCore
import Targets

/// Whether devices get to the targets of the registrar within this program. Those of another registrar are looked at there, with
/// `muster-registrar target check`.
enum TargetsCheck {
    /// One line for each target, without asking it; nothing where there is none.
    static func checks(
        _ companion: Companion, _ embedded: EmbeddedRegistrar.Opened
    ) async throws -> [DoctorCheck] {
        // Why it is shut is said of the issuing key.
        guard try await companion.session().registrar.url == nil, case .open(let registrar) = embedded else {
            return []
        }
        let targets = try await registrar.targets()
        guard !targets.isEmpty else { return [] }
        let open = try await registrar.targetEntries(open: true)
        let seen = try await registrar.seenTargets()
        var checks: [DoctorCheck] = []
        for target in targets {
            let id = target.summary.targetID
            let line = try await registrar.line(to: id)
            let governor = try await registrar.governor(of: line)
            let slowed = governor.limits.filter { governor.share(of: $0) < 1_000_000 }.map(\.name)
            if let outage = seen[id]?.health.outage {
                checks.append(down(id, outage))
            } else {
                checks.append(check(id, open.filter { $0.target == id }, slowed: slowed))
            }
        }
        return checks + (try await registrar.clockFindings()).map(clock)
    }

    private static func down(_ id: TargetID, _ outage: TargetHealth.Outage) -> DoctorCheck {
        DoctorCheck(
            check: "target-\(id)", verdict: .warning,
            says: "down since \(outage.since), by itself: \(outage.reason)",
            nextStep: "`muster registrar target check \(id)` asks it; new devices go elsewhere meanwhile.")
    }

    private static func clock(_ finding: TargetFinding) -> DoctorCheck {
        DoctorCheck(
            check: "target-clock", verdict: .warning, says: "\(finding.what)", nextStep: finding.nextStep)
    }

    private static func check(_ id: TargetID, _ open: [TargetEntry], slowed: [String]) -> DoctorCheck {
        let name = "target-\(id)"
        if let stuck = open.last(where: { $0.state == "due" && $0.said != nil }), let said = stuck.said {
            return DoctorCheck(
                check: name, verdict: .warning,
                says: "\(stuck.intent) of \(stuck.serial ?? stuck.device.rawValue) waits: \(said)",
                nextStep: "`muster registrar target check \(id)` asks it.")
        }
        if !slowed.isEmpty {
            return DoctorCheck(
                check: name, verdict: .warning,
                says: "it has complained about the rate; slower now: \(slowed.joined(separator: ", "))",
                nextStep: "`muster registrar target limits \(id)` shows by how much.")
        }
        let held = open.filter { $0.state == "held" }.count
        return DoctorCheck(
            check: name, verdict: .good,
            says: "nothing waits" + (held == 0 ? "" : "; \(held) held until devices are proven"))
    }
}
