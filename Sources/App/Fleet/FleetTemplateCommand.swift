import AWSIoT
import CommandTable
import Model
import Registrar
import TargetCore

/// `fleet template …`: provisioning templates of an account.
struct FleetTemplateCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run(_ word: String) async throws {
        switch word {
        case "draft": try draft()
        case "put": try await put()
        case "list": try await list()
        case "show": try await show()
        case "remove": try await remove()
        default: throw UsageError.unknownCommand(word, of: "fleet template", suggestion: nil)
        }
    }

    private var target: TargetID {
        get throws { try ArgumentText.identifier(invocation.arguments[0]) }
    }

    private func name() throws -> String {
        let name = invocation.arguments[1]
        guard AWSLint.isTemplateName(name) else {
            throw Self.usage(
                "`\(name)` is no name of a template", "It has 1 to 36 letters, digits, _ and -.")
        }
        return name
    }

    private func draft() throws {
        guard let policy = invocation.value("policy") else {
            throw Self.usage("a device without a policy may do nothing", "Add --policy NAME.")
        }
        let use = invocation.value("use").flatMap { AWSTemplate.Use(rawValue: $0) } ?? .fleet
        let usual = use == .justInTime ? "{AWS::IoT::Certificate::CommonName}" : "{SerialNumber}"
        let template = AWSTemplate(
            use: use, thingName: AWSTemplate.parts(invocation.value("thing") ?? usual),
            attributes: try pairs("attribute").mapValues(AWSTemplate.parts),
            thingType: invocation.value("type"), groups: invocation.values["group"] ?? [], policy: policy,
            deviceConfiguration: try pairs("tell"))
        for finding in AWSTemplate.findings(in: template.body, use: use) {
            console.remark("! \(finding.words)")
        }
        console.document(template.body + "\n")
    }

    private func pairs(_ option: String) throws -> [String: String] {
        var pairs: [String: String] = [:]
        for text in invocation.values[option] ?? [] {
            let (name, value) = try ArgumentText.pair(text, undone: "Nothing was sent")
            pairs[name] = value
        }
        return pairs
    }

    private func put() async throws {
        guard let role = invocation.value("role"), role.hasPrefix("arn:") else {
            throw Self.usage(
                "AWS carries a template out by a role of the account",
                "Add --role arn:aws:iam::ACCOUNT:role/NAME, one with the policy "
                    + "AWSIoTThingsRegistration.")
        }
        let bytes = try InputFile.bytes(invocation.arguments[2], limit: 1 << 20)
        let publication = TemplatePublication(
            try name(), body: String(decoding: bytes, as: UTF8.self), role: role,
            type: invocation.has("just-in-time") ? .justInTime : .fleet,
            hook: invocation.value("hook").map { AWSProvisioningHook(targetArn: $0) },
            isEnabled: !invocation.has("disabled"))
        let outcome = try await registrar.put(publication, at: try target)
        console.print(Put(outcome: outcome, target: try target, template: publication.name))
        console.show("✓ The template \(publication.name) at \(try target) is \(outcome.words).")
    }

    private func list() async throws {
        var table = TextTable(header: ["TEMPLATE", "USE", "STANDING", "CHANGED"])
        for template in try await registrar.fleetTemplates(of: try target) {
            console.print(template)
            table.rows.append([
                template.name, template.type, template.isEnabled ? "on" : "off",
                template.changedAt?.description ?? "",
            ])
        }
        if table.rows.isEmpty {
            console.remark("The account has no provisioning template in that region.")
        } else {
            table.lines.forEach(console.show)
        }
    }

    private func show() async throws {
        let template = try await registrar.fleetTemplate(try name(), of: try target)
        let shown = Shown(
            body: template.templateBody.flatMap(JSONValue.init),
            hook: template.preProvisioningHook?.targetArn,
            isEnabled: template.enabled ?? false, name: template.templateName ?? "",
            role: template.provisioningRoleArn, type: template.type, version: template.defaultVersionId)
        console.print(shown)
        console.show("\(shown.name), version \(shown.version ?? 1), \(shown.isEnabled ? "on" : "off")")
        if let role = shown.role { console.show("  carried out by \(role)") }
        if let hook = shown.hook { console.show("  asks \(hook) first") }
        console.show((template.templateBody ?? "").filter { !$0.isNewline })
    }

    private func remove() async throws {
        try await registrar.removeFleetTemplate(try name(), of: try target)
        console.print(Removed(removed: try name(), target: try target))
        console.show("The template \(try name()) is gone. Devices that came by it stay.")
    }

    private static func usage(_ what: String, _ nextStep: String) -> CommandFailure {
        CommandFailure(.usage, "usage", "Nothing was sent: \(what).", nextStep)
    }

    private struct Put: Encodable {
        var outcome: TemplatePublication.Outcome
        var target: TargetID
        var template: String
    }

    private struct Shown: Encodable {
        var body: JSONValue?
        var hook: String?
        var isEnabled: Bool
        var name: String
        var role: String?
        var type: String?
        var version: Int?
    }

    private struct Removed: Encodable {
        var removed: String
        var target: TargetID
    }
}

extension TemplatePublication.Outcome {
    fileprivate var words: String {
        switch self {
        case .made: "made"
        case .changed: "changed; its new version is the one in use"
        case .unchanged: "as it was: nothing was to be changed"
        }
    }
}
