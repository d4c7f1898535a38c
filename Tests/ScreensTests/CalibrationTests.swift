import Canvas
import Model
import Screens
import Testing
import Wedge

/// Learning a scanner from the three codes of its page.
@Suite struct CalibrationTests {
    private func stage() -> Stage {
        let stage = Stage()
        stage.type("7")
        stage.type("5")
        return stage
    }

    /// Scans the three codes as a scanner with these habits sends them.
    private func scanPage(_ stage: Stage, _ change: (String) -> String) {
        for code in CalibrationCode.allCases { stage.scan(change(code.payload)) }
    }

    private func kept(_ stage: Stage) -> [WedgeSettings] {
        stage.take().compactMap { if case .keepScanner(let scanner) = $0 { scanner } else { nil } }
    }

    @Test func `three codes teach how a scanner sends, and it counts at once`() {
        let stage = stage()
        let change = { (text: String) in "#" + text.split(separator: "\u{1D}").joined(separator: "~") }
        scanPage(stage, change)
        #expect(kept(stage) == [stage.state.scanner])
        #expect(stage.state.scanner.prefix == "#" && stage.state.scanner.gsSubstitute == "~")
        #expect(stage.state.scanner.terminators == [.cr])
        stage.answer(.scannerKept)
        #expect(stage.screen.contains("The scanner is kept"))

        stage.escape()
        stage.escape()
        stage.scan("#010950110153000310LOT~21GW-5")
        #expect(stage.screen.contains("This is GW-5"))
    }

    @Test func `the screen says which code comes next`() {
        let stage = stage()
        #expect(stage.screen.contains("Scan now: Code 1"))
        stage.scan(CalibrationCode.separator.payload)
        #expect(stage.screen.contains("Scan now: Code 2"))
        stage.scan(CalibrationCode.characters.payload)
        #expect(stage.screen.contains("Scan now: Code 3"))
    }

    @Test func `what is wrong is said with the setting to change, and a key starts over`() {
        let stage = stage()
        scanPage(stage) { $0.filter { $0 != "\u{1D}" } }
        #expect(stage.screen.contains("leaves out the separators") && kept(stage).isEmpty)
        stage.settle()
        stage.enter()
        #expect(stage.screen.contains("Scan now: Code 1"))
        scanPage(stage) { $0 }
        #expect(kept(stage) == [WedgeSettings(terminators: [.cr])])
    }

    @Test func `Caps Lock and another keyboard are found out`() {
        let caps = stage()
        scanPage(caps) { $0.lowercased() == $0.uppercased() ? $0 : Self.swapped($0) }
        #expect(caps.screen.contains("Caps Lock"))
        let german = stage()
        scanPage(german) { text in
            text.split(separator: "\u{1D}", omittingEmptySubsequences: false)
                .map { KeyboardLayout.german.reads(String($0), from: .us) ?? String($0) }
                .joined(separator: "\u{1D}")
        }
        #expect(german.screen.contains("this machine is set to German"))
    }

    private static func swapped(_ text: String) -> String {
        String(text.map { $0.isUppercase ? Character($0.lowercased()) : Character($0.uppercased()) })
    }

    @Test func `a further scan after an outcome begins anew`() {
        let stage = stage()
        scanPage(stage) { $0 }
        stage.scan(CalibrationCode.separator.payload)
        #expect(stage.screen.contains("Scan now: Code 2"))
    }

    @Test func `what was pasted is no scanner's`() {
        let stage = stage()
        stage.input(.paste(Array(CalibrationCode.separator.payload.utf8)))
        #expect(stage.screen.contains("did not come from the scanner"))
        #expect(stage.screen.contains("Scan now: Code 1"))
    }

    @Test func `reset puts back what every scanner sends`() {
        let stage = stage()
        scanPage(stage) { "#" + $0 }
        #expect(stage.state.scanner != .standard)
        _ = stage.take()
        stage.settle()
        stage.type("2")
        #expect(kept(stage) == [.standard] && stage.state.scanner == .standard)
    }

    @Test func `a scanner's second Return after the last code closes nothing`() {
        let stage = stage()
        scanPage(stage) { $0 }
        stage.scan(CalibrationCode.separator.payload)
        stage.scan(CalibrationCode.characters.payload)
        stage.scan(CalibrationCode.envelope.payload, settling: 60)
        stage.input(.text("\r"))
        #expect(stage.screen.contains("The scanner is learnt"))
    }
}
