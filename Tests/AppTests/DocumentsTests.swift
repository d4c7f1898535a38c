import App
import Foundation
import Processes
import TestSupport
import Testing

/// Manual page, completion and README: what they say works.
@Suite struct DocumentsTests {
    @Test(arguments: ["muster", "muster-registrar"])
    func `the manual page is set without a warning`(_ program: String) throws {
        let home = try Home()
        let page = try home.run(["generate", "man"], program: program)
        #expect(page.code == 0)
        let path = try home.write(page.output, to: "\(program).1")
        // Without overstrikes and colours, so that words are words.
        let finished = try home.shell("groff -man -ww -Kutf8 -Tutf8 -P-cbou \(path)")
        #expect(finished.code == 0 && finished.errors.isEmpty, "\(finished.errors)")
        for heading in ["SYNOPSIS", "OPTIONS", "COMMANDS", "EXAMPLES", "EXIT STATUS"] {
            #expect(finished.output.contains("\n\(heading)\n"), "\(heading)")
        }
    }

    @Test(arguments: [
        ("muster q", ["queue"]), ("muster queue re", ["resolve", "retry"]),
        ("muster commission --im", ["--image"]),
        ("muster registrar operator ", ["add", "keys", "list", "revoke-key"]),
        ("muster queue list --state n", ["needs-you"]),
    ]) func `the completion completes`(_ line: String, _ expected: [String]) throws {
        let home = try Home()
        let script = """
            source <(muster generate bash-completion)
            COMP_LINE=\(Self.quoted(line)); COMP_POINT=${#COMP_LINE}
            read -ra COMP_WORDS <<< "$COMP_LINE"; [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            function=$(complete -p muster | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
            "$function" muster "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
            printf '%s\\n' "${COMPREPLY[@]}" | sort
            """
        let finished = try home.shell(script)
        #expect(finished.output.split(separator: "\n").map(String.init) == expected, "\(finished.errors)")
    }

    private static func quoted(_ text: String) -> String { "'\(text)'" }

    @Test func `the version is the newest of the change log`() throws {
        let log = try String(contentsOfFile: Home.root + "/CHANGELOG.md", encoding: .utf8)
        let newest = try #require(log.firstMatch(of: #/## \[?(\d+\.\d+\.\d+)/#)).output.1
        #expect(String(newest) == Version.text)
        #expect(try Home().muster("--version").output == "muster \(Version.text)\n")
    }

    /// The commands of the README's blocks, in their order, with their exit codes. The server is started when it is back.
    @Test func `the README's commands work as they are written`() throws {
        let home = try Home()
        let readme = try String(contentsOfFile: Home.root + "/README.md", encoding: .utf8)
        _ = try home.shell("ln -s \(Home.root)/Assets Assets")
        let blocks = readme.components(separatedBy: "```sh\n").dropFirst().map { block in
            block.components(separatedBy: "```")[0].split(separator: "\n").map(String.init)
        }
        // The first block sets up and builds; what it runs is run by the other tests.
        let lines = blocks.dropFirst().flatMap { $0 }.filter { !$0.hasPrefix("export PATH") }
        try #require(lines.count > 15)
        var server: Server?
        for line in lines {
            if line.contains("muster-registrar serve") { continue }
            if line.hasPrefix("muster sync") {
                server = try Server(home, directory: "reg", listen: "127.0.0.1:8443")
            }
            let finished = try home.shell(line)
            let mayBeUnreached = line.hasPrefix("muster commission") && line.contains("--csr")
            #expect(
                finished.code == (mayBeUnreached ? 4 : 0), "\(line)\n\(finished.output)\(finished.errors)")
        }
        #expect(try home.shell("muster device history SN-2001").output.contains("✓ confirmed"))
        // The certificate is for the key that the block made.
        let keys = ["x509 -in device.pem -noout -pubkey", "pkey -in device.key -pubout"]
        #expect(try Set(keys.map { try home.shell("openssl \($0)").output }).count == 1)
        try server?.stop()
    }

    @Test func `what the README shows of scanning is what is printed`() throws {
        let home = try Home()
        let readme = try String(contentsOfFile: Home.root + "/README.md", encoding: .utf8)
        _ = try home.shell("ln -s \(Home.root)/Assets Assets")
        let table = try #require(readme.components(separatedBy: "```text\n   PICTURE").dropFirst().first)
        let printed = try home.muster("scan Assets/labels").output.split(separator: "\n")
        for line in ("   PICTURE" + table.components(separatedBy: "```")[0]).split(separator: "\n") {
            #expect(printed.contains(line), "\(line)")
        }
        let json = try #require(readme.components(separatedBy: "```json\n").dropFirst().first)
        #expect(
            try home.muster("scan --json Assets/labels/gs1-gateway.png").output
                == json.components(separatedBy: "```")[0])
    }

    /// The block below the words about the demonstration.
    @Test func `the README shows the table of a real demonstration`() throws {
        let readme = try String(contentsOfFile: Home.root + "/README.md", encoding: .utf8)
        let block = try #require(readme.components(separatedBy: "```text\n").dropFirst().first)
            .components(separatedBy: "\n```")[0]
        let finished = try Home().run(["demo"], timeout: .seconds(120))
        #expect(finished.code == 0, "\(finished.errors)")
        let lines = finished.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex { $0.contains("RECEIPTS") })
        let table = lines[start...].prefix { !$0.isEmpty }
        let sums = lines.filter { !$0.isEmpty }.suffix(2)
        #expect(Self.masked(block) == Self.masked((table + [""] + sums).joined(separator: "\n")))
    }

    /// Receipt codes and dates differ from run to run, and have the same width.
    private static func masked(_ text: String) -> String {
        text.replacing(#/([0-9A-F]{4} ){2}[0-9A-F]{4}/#, with: "‹receipts›")
            .replacing(#/[0-9]{4}-[0-9]{2}-[0-9]{2}/#, with: "‹date›")
    }
}
