import AWSIoT
import CommandTable
import Model
import Registrar
import TargetCore

/// `fleet bulk …`: many devices by one task.
struct FleetBulkCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }
    private var console: Console { context.console }

    func run(_ word: String) async throws -> ExitCode {
        switch word {
        case "check": return try check()
        case "start": return try await start()
        case "status":
            return show(
                try await registrar.bulkStanding(
                    at: try target, task: invocation.value("task"), waits: invocation.has("wait")))
        case "report": return try await report()
        case "stop":
            let id = try await registrar.stopBulk(at: try target, task: invocation.value("task"))
            console.print(Stopped(stopped: id))
            console.show("The task \(id) is being stopped. What it has registered stays.")
            return .done
        default: throw UsageError.unknownCommand(word, of: "fleet bulk", suggestion: nil)
        }
    }

    private var target: TargetID {
        get throws { try ArgumentText.identifier(invocation.arguments[0]) }
    }

    /// The order for the file, which is the last argument.
    private func order(bucket: String, role: String) throws -> Registrar.BulkOrder {
        guard let template = invocation.value("template"), let path = invocation.arguments.last else {
            throw Self.usage("a template says what becomes of each line", "Add --template FILE.")
        }
        func text(_ path: String) throws -> String {
            String(decoding: try InputFile.bytes(path), as: UTF8.self)
        }
        let name = path.split(separator: "/").last.map(String.init) ?? "devices.json"
        return Registrar.BulkOrder(
            template: try text(template), lines: try text(path), bucket: bucket,
            key: invocation.value("key") ?? name, role: role, uploads: !invocation.has("uploaded"))
    }

    /// Says what is wrong with a file; whether nothing is.
    private func isGood(_ order: Registrar.BulkOrder) -> Bool {
        let file = Registrar.bulkFile(order)
        for finding in file.findings { console.remark("! \(finding.words)") }
        console.print(Checked(devices: file.devices, findings: file.findings))
        let devices = file.devices == 1 ? "1 device" : "\(file.devices) devices"
        console.show(
            file.findings.isEmpty
                ? "✓ \(devices), each with what the template asks for."
                : "\(devices); nothing is sent until what is named above is mended.")
        return file.findings.isEmpty
    }

    private func check() throws -> ExitCode {
        isGood(try order(bucket: "", role: "")) ? .done : .badInput
    }

    private func start() async throws -> ExitCode {
        guard let bucket = invocation.value("bucket"), let role = invocation.value("role") else {
            throw Self.usage(
                "the task reads its file from a bucket, by a role that may",
                "Add --bucket NAME and --role arn:aws:iam::ACCOUNT:role/NAME.")
        }
        let order = try order(bucket: bucket, role: role)
        guard isGood(order) else { return .badInput }
        return show(
            try await registrar.startBulk(order, at: try target, waits: invocation.has("wait")))
    }

    private func show(_ standing: Registrar.BulkStanding) -> ExitCode {
        console.print(standing)
        let id = standing.taskID ?? "not started"
        guard let task = standing.task else {
            console.show("task  \(id) at \(standing.target), of \(standing.file): started")
            return .done
        }
        console.show(
            "task  \(id) at \(standing.target), of \(standing.file): \(task.status), \(task.percent) %, "
                + "\(task.succeeded) made, \(task.failed) failed")
        if !task.message.isEmpty { console.remark("AWS says: \(task.message)") }
        if task.failed > 0 {
            console.remark("`fleet bulk report \(standing.target)` names the lines that failed, and why.")
        }
        return task.failed > 0 || task.status == "Failed" ? .failed : .done
    }

    private func report() async throws -> ExitCode {
        let type: AWSCalls.ReportType = invocation.has("results") ? .results : .errors
        let lines = try await registrar.bulkReport(at: try target, task: invocation.value("task"), type)
        for line in lines {
            // Each is a JSON object already.
            console.document(VisibleText.json(line) + "\n")
        }
        if lines.isEmpty {
            console.remark(type == .errors ? "No line failed." : "Nothing was registered yet.")
        }
        return .done
    }

    private static func usage(_ what: String, _ nextStep: String) -> CommandFailure {
        CommandFailure(.usage, "usage", "Nothing was started: \(what).", nextStep)
    }

    private struct Checked: Encodable {
        var devices: Int
        var findings: [TargetFinding]
    }

    private struct Stopped: Encodable {
        var stopped: String
    }
}
