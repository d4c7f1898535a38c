import Canvas
import Model
import Processes
import Terminal
import TestSupport
import Testing

@Suite struct RefusingTests {
    @Test(arguments: [
        ("xterm-256color", 80, "no obstacle"), ("xterm-256color", 39, "terminal_too_small"),
        ("dumb", 80, "terminal_dumb"), ("nonesuch", 80, "terminal_unknown"),
    ])
    func `an obstacle is known before anything is changed`(_ type: String, _ columns: Int, _ id: String)
        throws
    {
        let session = try probe("obstacle", type: type, size: Size(columns: columns, rows: 24))
        #expect(try session.waitForEnd() == .exited(0))
        #expect(session.screen.lines[0] == id)
        #expect(session.transcript.allSatisfy { $0 >= 0x20 || $0 == 0x0A || $0 == 0x0D })
    }

    @Test(arguments: ["obstacle", "quit"])
    func `without a terminal nothing is opened`(_ scene: String) throws {
        let run = try Child.run(
            BuiltProgram.path("terminal-probe"), arguments: [scene],
            environment: ["TERM": "xterm-256color"], timeout: .seconds(60))
        let said = String(decoding: run.output, as: UTF8.self)
        #expect(said.hasPrefix("not_a_terminal"))
        #expect(!said.contains("\u{1B}"))
    }

    @Test func `every refusal says what failed and what to do, without controls`() {
        let all: [TerminalError] = [
            .notATerminal, .dumb(type: ""), .unknownType("a\u{1B}[2J"), .noDatabase,
            .tooSmall(Size(columns: 20, rows: 5)), .refused,
        ]
        let explanations = all.map(\.explanation)
        #expect(Set(explanations.map(\.id)).count == all.count)
        for explanation in explanations {
            #expect(explanation.what.hasPrefix("The full screen was not opened: "))
            #expect(!explanation.nextStep.isEmpty)
            #expect(explanation.what.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        }
        #expect(TerminalError.unknownType("a\u{1B}[2J").explanation.what.contains("a␛[2J"))
        #expect(TerminalError.tooSmall(Size(columns: 20, rows: 5)).explanation.what.contains("20 columns"))
    }
}
