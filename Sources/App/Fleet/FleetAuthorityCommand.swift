import CommandTable
import Model
import Registrar

/// `fleet authority …`: the registrar's issuing authority in accounts of AWS.
struct FleetAuthorityCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run(_ word: String) async throws {
        switch word {
        case "register": try await register()
        case "list": try await list()
        case "remove": try await remove()
        default: throw UsageError.unknownCommand(word, of: "fleet authority", suggestion: nil)
        }
    }

    private var target: TargetID {
        get throws { try ArgumentText.identifier(invocation.arguments[0]) }
    }

    private func register() async throws {
        let wish = Registrar.AuthorityWish(
            isByNameOnly: invocation.value("mode") == "sni-only",
            registersItself: invocation.has("auto-registration"), template: invocation.value("template"))
        let id = try await registrar.registerAuthority(at: try target, wish)
        console.print(Registered(certificateID: id, target: try target, template: wish.template))
        console.show("✓ The registrar's issuing authority is known at \(try target) as \(id).")
        if let template = wish.template {
            console.remark("Its devices are provisioned by \(template) with their first connection.")
        } else if wish.registersItself {
            console.remark(
                "Its devices register themselves with their first connection and wait, PENDING_ACTIVATION, "
                    + "until somebody lets them in: `fleet lobby look \(try target) \(id)` or a rule of yours."
            )
        }
    }

    private func list() async throws {
        var table = TextTable(header: ["AUTHORITY", "STATUS", "MODE", "FIRST CONNECTION", ""])
        for authority in try await registrar.fleetAuthorities(of: try target) {
            console.print(authority)
            let first =
                authority.template.map { "by template \($0)" }
                ?? (authority.registersItself ? "registers itself" : "refused")
            table.rows.append([
                authority.certificateID, authority.status, authority.mode, first,
                authority.isOwn ? "this registrar's" : "",
            ])
        }
        if table.rows.isEmpty {
            console.remark("The account knows no authority in that region.")
        } else {
            table.lines.forEach(console.show)
        }
    }

    private func remove() async throws {
        let id = invocation.arguments[1]
        try await registrar.removeAuthority(id, at: try target)
        console.print(Removed(removed: id, target: try target))
        console.show("The authority \(id) is unknown there now. Certificates that are registered stay.")
    }

    private struct Registered: Encodable {
        var certificateID: String
        var target: TargetID
        var template: String?
    }

    private struct Removed: Encodable {
        var removed: String
        var target: TargetID
    }
}
