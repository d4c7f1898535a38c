import AWSIoT
import CommandTable
import Model
import Registrar
import RegistrarStore

/// `fleet …`: whole fleets at accounts of AWS, on the registrar's machine.
struct FleetCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run(_ words: [String]) async throws -> ExitCode {
        switch (words.first ?? "", words.last ?? "") {
        case ("template", let word):
            try await FleetTemplateCommand(context: context, registrar: registrar).run(word)
        case ("authority", let word):
            try await FleetAuthorityCommand(context: context, registrar: registrar).run(word)
        case ("bulk", let word):
            return try await FleetBulkCommand(context: context, registrar: registrar).run(word)
        case ("lobby", let word):
            return try await FleetLobbyCommand(context: context, registrar: registrar).run(word)
        case ("claim", _): try await claim()
        case ("transfer", _): try await transfer()
        case ("hook", _): return try await hook()
        case ("work", _): try await work()
        case (let word, _): throw UsageError.unknownCommand(word, of: "fleet", suggestion: nil)
        }
        return .done
    }

    private func claim() async throws {
        let files = try ClaimFiles(invocation)
        let template: String? = invocation.arguments.count > 1 ? invocation.arguments[1] : nil
        let claim = try await registrar.provisioningClaim(
            at: try ArgumentText.identifier(invocation.arguments[0]), of: template)
        try files.write(claim, console, at: context.surroundings.now())
    }

    private func transfer() async throws {
        guard let target = invocation.value("to") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was transferred: it is not said where to.",
                "Add --to TARGET, another account of AWS in the same region.")
        }
        let device = try await registrar.transfer(
            try ArgumentText.identifier(invocation.arguments[0]), to: try ArgumentText.identifier(target))
        console.print(device)
        console.show("✓ \(device.identity.displayName) is at \(target) now.")
        DeviceTargetRows.all(device.target).forEach { console.show("  \($0.0): \($0.1)") }
        console.remark(
            "The old account keeps its thing until the device is proven here: `muster verify`, or "
                + "`target settle \(device.deviceID)`. The device connects to the new endpoint with the "
                + "certificate that it has.")
    }

    private func hook() async throws -> ExitCode {
        guard let tenant = invocation.value("tenant") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was answered: a job is a tenant's.", "Add --tenant TENANT.")
        }
        let answer = try await registrar.answerHook(
            try InputFile.bytes("-", limit: 1 << 20),
            job: try ArgumentText.identifier(invocation.arguments[0]),
            of: try ArgumentText.identifier(tenant),
            parameter: invocation.value("parameter") ?? "SerialNumber")
        console.document(String(decoding: answer.json, as: UTF8.self) + "\n")
        console.remark(answer.reason)
        return .done
    }

    private func work() async throws {
        let entries = try await registrar.fleetWork(open: !invocation.has("all"))
        var table = TextTable(header: ["NO", "KIND", "TARGET", "ABOUT", "STATE", "CHANGED", "SAID"])
        for entry in entries {
            console.print(Listed(entry))
            table.rows.append([
                String(entry.number), entry.kind.rawValue, entry.target.rawValue, entry.subject,
                entry.state.rawValue, entry.changedAt.description, entry.said ?? "",
            ])
        }
        if entries.isEmpty {
            console.remark("Nothing is open.")
        } else {
            table.lines.forEach(console.show)
        }
    }

    private struct Listed: Encodable {
        var about: String
        var changedAt: Timestamp
        var kind: FleetEntry.Kind
        var number: Int
        var openedAt: Timestamp
        var said: String?
        var state: FleetEntry.State
        var target: TargetID

        init(_ entry: FleetEntry) {
            about = entry.subject
            changedAt = entry.changedAt
            kind = entry.kind
            number = entry.number
            openedAt = entry.openedAt
            said = entry.said
            state = entry.state
            target = entry.target
        }
    }
}
