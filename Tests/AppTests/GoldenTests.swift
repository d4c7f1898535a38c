import App
import CommandTable
import Foundation
import TestSupport
import Testing

/// Help texts and JSON held against files that a person has read. `MUSTER_RECORD=1` writes them anew, and fails.
@Suite struct GoldenTests {
    private func compare(_ text: String, _ name: String) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["MUSTER_RECORD"] != nil {
            try text.write(to: url, atomically: true, encoding: .utf8)
            Issue.record("\(name) was recorded; look at it and run again without MUSTER_RECORD")
        }
        #expect(text == (try? String(contentsOf: url, encoding: .utf8)), "\(name)")
    }

    private static func paths(_ command: Command, _ path: [String] = []) -> [[String]] {
        [path] + command.subcommands.flatMap { paths($0, path + [$0.name]) }
    }

    @Test func `every help text of muster is as it was read`() throws {
        let texts = Self.paths(MusterCommands.program).map { MusterCommands.program.help(at: $0) }
        try compare(texts.joined(separator: "\n――――\n"), "muster-help.txt")
    }

    @Test func `every help text of muster-registrar is as it was read`() throws {
        let program = RegistrarServerCommands.program
        let texts = Self.paths(program).map { program.help(at: $0) }
        try compare(texts.joined(separator: "\n――――\n"), "muster-registrar-help.txt")
    }

    @Test func `every command but groups has an example and says its exit codes`() {
        for program in [MusterCommands.program, RegistrarServerCommands.program] {
            for command in Self.all(program) where command.subcommands.isEmpty {
                #expect(!command.examples.isEmpty && !command.exitCodes.isEmpty, "\(command.name)")
            }
        }
    }

    private static func all(_ command: Command) -> [Command] { [command] + command.subcommands.flatMap(all) }

    @Test func `the JSON of a job is as it was read`() throws {
        let home = try Home()
        var lines: [String] = []
        let commands = [
            "demo --prepare --json", "job list --json",
            "commission --json --job sample-labels --serial Z-1 --product dock --position rack-9",
            "commission --json --job sample-labels --serial NEM-000606 --offline",
            "job show --json sample-labels", "job show sample-labels", "job show --json nowhere",
        ]
        for command in commands {
            let finished = try home.muster(command)
            lines += ["$ muster \(command)", Masked.text(finished.output, home), "→ \(finished.code ?? -1)"]
        }
        try compare(lines.joined(separator: "\n") + "\n", "job.jsonl.txt")
    }

    @Test func `the JSON of a day's work is as it was read`() throws {
        let home = try Home()
        var lines: [String] = []
        let commands = [
            "scan --json \(Home.sample("lorawan-sensor.jpg")) \(Home.sample("unreadable.jpg"))",
            "label --json (01)09501101530003(21)SN-1", "label --json (01)09501101530004(21)SN-1",
            "commission --json --label (01)09501101530003(21)SN-1 --position rack-3",
            "commission --json --serial SN-2 --offline", "queue list --json --state all", "sync --json",
            "device find --json SN-1", "device history --json SN-1", "device show --json SN-1 --registrar",
            "registrar list --json", "registrar tenant list --json", "queue show --json zzzz",
            "doctor --json",
        ]
        for command in commands {
            let finished = try home.muster(command)
            let shown = command.replacingOccurrences(of: Home.root, with: "…")
            lines += ["$ muster \(shown)", Masked.text(finished.output, home), "→ \(finished.code ?? -1)"]
        }
        try compare(lines.joined(separator: "\n") + "\n", "day.jsonl.txt")
    }
}

/// Output with everything that differs from run to run replaced by what it is.
enum Masked {
    private static let patterns: [(String, String)] = [
        (#"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"#, "‹uuid›"),
        (#"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z"#, "‹time›"), (#"[0-9a-f]{64}"#, "‹hash›"),
        (#""receipt":"ey[A-Za-z0-9_.-]+""#, #""receipt":"‹jws›""#),
        (#"\b(r|d|s)-[0-9a-f]{16,20}"#, "$1-‹id›"),
        (#"[0-9]+ MiB free"#, "‹n› MiB free"), (#"-?[0-9]+ ms off"#, "‹n› ms off"),
        (#"(\{"check":"camera"[^\n]*\n)+"#, "‹cameras›\n"),
        (#"(\{"check":"(zbar|address makers)"[^\n]*\n)+"#, "‹libraries›\n"),
        (#""payloadBytes":[0-9]+"#, #""payloadBytes":‹n›"#),
    ]

    static func text(_ text: String, _ home: Home) -> String {
        var text = text.replacingOccurrences(of: home.directory.path, with: "‹home›")
            .replacingOccurrences(of: Home.root, with: "…")
        for (pattern, mask) in patterns {
            text = text.replacingOccurrences(of: pattern, with: mask, options: .regularExpression)
        }
        return text
    }
}
