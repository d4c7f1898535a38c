import CommandTable
import Model
import Registrar
import RegistrarStore
import TargetCore
import Targets

/// `target …`: where a registrar provisions devices.
struct TargetCommand {
    let context: CommandContext
    let registrar: Registrar

    var invocation: Invocation { context.invocation }
    var console: Console { context.console }

    func run(_ word: String) async throws -> ExitCode {
        switch word {
        case "add": try await add()
        case "change": try await change()
        case "list": try await list()
        case "show": try await show()
        case "check": return try await check()
        case "devices": return try await devices()
        case "limits": try await limits()
        case "history": try await history()
        case "remove": try await remove()
        case "down": try await mark(.down)
        case "drain": try await mark(.draining)
        case "up": try await mark(.up)
        case "rights": try Self.rights(context)
        case "work": try await work()
        case "run": return try await runDue()
        case "settle": try await settle()
        default: throw UsageError.unknownCommand(word, of: "target", suggestion: nil)
        }
        return .done
    }

    var id: TargetID {
        get throws { try ArgumentText.identifier(invocation.arguments[0]) }
    }

    private static func kind(_ text: String) throws -> TargetKind {
        guard let kind = TargetKind(rawValue: text), kind != .builtIn else {
            throw CommandFailure(
                .usage, "usage", "Nothing was done: `\(text)` is no kind of target that has settings.",
                "Name one of azure-dps, iot-hub and aws.")
        }
        return kind
    }

    private func add() async throws {
        let id = try id
        guard id != .builtIn else {
            throw CommandFailure(
                .usage, "usage", "Nothing was kept: `built-in` is the registrar's own authority.",
                "Choose another name.")
        }
        let text = SettingsText(invocation)
        let settings = try text.settings(try Self.kind(invocation.arguments[1]), over: nil)
        try await put(id, settings, try text.secrets(), replacing: false)
        if let rules = try await registrar.placementRules(),
            rules.candidates.contains(where: { $0.target == id })
        {
            return
        }
        console.remark(
            "No rule of placement names \(id) yet: only operations that ask for it go there. "
                + "`placement set` changes that.")
    }

    private func change() async throws {
        let id = try id
        guard let old = try await registrar.settings(of: id) else { throw unknown(id) }
        let text = SettingsText(invocation)
        let settings = try text.settings(old.kind, over: old)
        try await put(
            id, settings, try text.secrets(), replacing: true,
            // What concerns the registrar alone can be said while the target is away.
            asking: settings.cloud != old.cloud || settings.authorities != old.authorities
                || invocation.has("secret"))
    }

    /// Asks the target first, unless that is not wanted.
    private func put(
        _ id: TargetID, _ settings: TargetSettings, _ secrets: TargetSecrets, replacing: Bool,
        asking: Bool = true
    ) async throws {
        var settings = settings
        if asking, !invocation.has("unchecked") {
            let line = try await registrar.line(to: id, settings, secrets)
            let check = try await line.check(now: context.surroundings.now)
            TargetReport(console).show(check)
            guard check.isGood else {
                throw CommandFailure(
                    .failed, "target_lacks_rights", "Nothing was kept: \(id) lacks what is named above.",
                    "Have it granted (`target rights \(settings.kind.rawValue)` prints what is needed), "
                        + "or add --unchecked.")
            }
            settings.learn(from: check, unless: namesClient)
        }
        try await registrar.put(id, settings, secrets, replacing: replacing)
        console.print(Kept(kind: settings.kind, target: id))
        console.show("✓ The target \(id) (\(settings.kind.rawValue)) is kept.")
    }

    /// Whether the command line says how devices connect.
    private var namesClient: Bool {
        invocation.value("settings") != nil
            || (invocation.values["set"] ?? []).contains { $0.hasPrefix("client") }
    }

    private func show() async throws {
        let id = try id
        guard let settings = try await registrar.settings(of: id) else { throw unknown(id) }
        console.print(settings)
        console.show(try CanonicalJSON.text(settings))
    }

    private func check() async throws -> ExitCode {
        let id = try id
        guard try await registrar.settings(of: id) != nil else { throw unknown(id) }
        let check = try await registrar.check(id)
        TargetReport(console).show(check)
        console.print(check)
        return check.isGood ? .done : .failed
    }

    private func remove() async throws {
        let id = try id
        try await registrar.removeTarget(id)
        console.print(Removed(removed: id))
        console.show("The target \(id) is forgotten.")
    }

    /// `target rights`: what is asked for before there is any target, or any registrar.
    static func rights(_ context: CommandContext) throws {
        let kind = try kind(context.invocation.arguments[0])
        guard let directory = context.surroundings.assetsDirectory else {
            throw CommandFailure(
                .unavailable, "assets_missing",
                "The document was not found: Muster's assets are not installed.",
                "Put the directory Assets beside the program, as a release has it.")
        }
        let name = kind == .aws ? "aws" : "azure"
        context.console.document(
            String(
                decoding: try InputFile.bytes(directory + "/targets/\(name).md", limit: 1 << 20),
                as: UTF8.self))
    }

    private func work() async throws {
        var device: DeviceID?
        if let text = invocation.value("device") { device = try await self.device(text) }
        let entries = try await registrar.targetEntries(open: !invocation.has("all"), device: device)
        var table = TextTable(header: ["NO", "TARGET", "DEVICE", "WANTED", "STATE", "NEXT", "SAID"])
        for entry in entries {
            console.print(entry)
            table.rows.append([
                String(entry.number), entry.target.rawValue, entry.serial ?? entry.device.rawValue,
                entry.intent, entry.state, entry.state == "due" ? entry.notBefore.description : "",
                entry.said ?? (entry.state == "held" ? "until it is proven where it is now" : ""),
            ])
        }
        if entries.isEmpty {
            console.remark("Nothing is being done at targets.")
        } else {
            table.lines.forEach(console.show)
        }
    }

    /// An hour: enough for what an outage left, and an end for a script.
    private static let longestSeconds: Int64 = 3600

    private func runDue() async throws -> ExitCode {
        let ended = try await registrar.workAtTargets(
            until: context.surroundings.now().advanced(bySeconds: Self.longestSeconds))
        let open = try await registrar.targetEntries(open: true).filter { $0.state == "due" }.count
        console.print(Ran(ended: ended, open: open))
        console.show(
            "\(ended == 1 ? "1 piece of work has" : "\(ended) pieces of work have") ended, "
                + "\(open == 1 ? "1 is" : "\(open) are") open.")
        return .done
    }

    func unknown(_ id: TargetID) -> CommandFailure {
        CommandFailure(
            .badInput, "unknown_target", "There is no target \(id).",
            "`target list` names those that there are.")
    }

    private struct Kept: Encodable {
        var kind: TargetKind
        var target: TargetID
    }

    private struct Removed: Encodable {
        var removed: TargetID
    }

    private struct Ran: Encodable {
        var ended: Int
        var open: Int
    }
}
