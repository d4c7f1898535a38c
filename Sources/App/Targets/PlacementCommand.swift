import CommandTable
import Model
import Registrar
import RegistrarStore
import TargetCore

/// `placement …`: which device goes to which target.
struct PlacementCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run(_ word: String) async throws -> ExitCode {
        switch word {
        case "set": return try await set(try rules())
        case "show": return try await show()
        case "clear":
            _ = try await registrar.setPlacementRules(nil)
            console.print(Cleared())
            console.show("Every new device stays with the registrar's own authority.")
            return .done
        case "explain": return try await explain()
        default: throw UsageError.unknownCommand(word, of: "placement", suggestion: nil)
        }
    }

    private func rules() throws -> PlacementRules {
        switch (invocation.value("rules"), invocation.values["static"], invocation.values["hashed"]) {
        case (let path?, nil, nil):
            return try CanonicalJSON.decode(
                PlacementRules.self, from: try InputFile.bytes(path, limit: 1 << 20))
        case (nil, let names?, nil):
            let ids = try names.map { try ArgumentText.identifier($0, TargetID.self) }
            return PlacementRules(
                .static, candidates: ids.map { PlacementCandidate($0) }, order: ids)
        case (nil, nil, let pairs?):
            return PlacementRules(.hashed, candidates: try pairs.map(Self.weighed))
        default:
            throw CommandFailure(
                .usage, "usage", "Nothing was set: one way of saying the rules is needed.",
                "Give --rules FILE, --static TARGET or --hashed TARGET=WEIGHT.")
        }
    }

    private static func weighed(_ pair: String) throws -> PlacementCandidate {
        let (target, text) = try ArgumentText.pair(
            pair, "TARGET=WEIGHT", like: "eu=70", undone: "Nothing was set")
        guard let weight = Int(text), (0...1_000_000).contains(weight) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was set: `\(pair)` is not TARGET=WEIGHT.",
                "Write it like eu=70; a weight is from 0 to 1000000.")
        }
        return PlacementCandidate(try ArgumentText.identifier(target), weight: weight)
    }

    private func set(_ rules: PlacementRules) async throws -> ExitCode {
        let findings = try await registrar.setPlacementRules(rules)
        tell(findings)
        guard !findings.contains(where: { $0.weight == .refused }) else {
            console.remark("Nothing was set.")
            return .badInput
        }
        console.print(rules)
        let targets = rules.candidates.map(\.target.rawValue).joined(separator: ", ")
        console.show("✓ Placement is \(rules.policy.rawValue) over \(targets).")
        return .done
    }

    private func show() async throws -> ExitCode {
        guard let rules = try await registrar.placementRules() else {
            console.show("No rules are set: every device stays with the registrar's own authority.")
            return .done
        }
        console.print(rules)
        console.show(try CanonicalJSON.text(rules))
        tell(
            rules.findings(
                known: Set(try await registrar.targets().map(\.summary.targetID)).union([.builtIn])))
        return .done
    }

    private func tell(_ findings: [TargetFinding]) {
        for finding in findings {
            console.remark("\(finding.weight == .refused ? "!" : "·") \(finding.words)")
        }
    }

    private func explain() async throws -> ExitCode {
        guard let serial = invocation.value("serial") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was explained: placement goes by the device's serial.",
                "Add --serial SERIAL.")
        }
        let question = PlacementQuestion(
            deviceName: serial, serial: serial,
            tenant: try ArgumentText.identifier(invocation.value("tenant") ?? "default"),
            site: try invocation.value("site").map { try ArgumentText.identifier($0) },
            product: try invocation.value("product").map { try ArgumentText.identifier($0) })
        guard let answer = try await registrar.placement(of: question) else { return try await show() }
        console.print(answer)
        console.show(answer.reason)
        for one in answer.considered { console.show("  \(one.target)  \(one.note)") }
        return answer.target == nil ? .failed : .done
    }

    private struct Cleared: Encodable {
        var policy = "built-in"
    }
}
