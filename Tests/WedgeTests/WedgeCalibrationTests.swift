import Model
import Testing
import Wedge

@Suite struct WedgeCalibrationTests {
    /// What a scanner makes of the three codes.
    private func calibrated(
        gs: String = "\u{1D}", around: (String) -> String = { $0 + "\r" }
    ) -> Result<WedgeSettings, CalibrationProblem> {
        let produced = CalibrationCode.allCases.map { code in
            Array(around(code.payload.replacing("\u{1D}", with: gs)).unicodeScalars)
        }
        return WedgeCalibration.settings(
            separator: produced[0], characters: produced[1], envelope: produced[2])
    }

    private func problem(_ result: Result<WedgeSettings, CalibrationProblem>) -> CalibrationProblem? {
        if case .failure(let problem) = result { problem } else { nil }
    }

    @Test func `a scanner that sends everything as it is needs nothing`() throws {
        #expect(try calibrated().get() == WedgeSettings(terminators: [.cr]))
    }

    @Test(arguments: WedgeSettings.commonSubstitutes)
    func `a substitute is found`(_ substitute: String) throws {
        let settings = try calibrated(gs: substitute) { $0 + "\r\n" }.get()
        #expect(settings == WedgeSettings(gsSubstitute: substitute, terminators: [.crlf]))
    }

    @Test func `prefix, suffix and terminator are found, and AIM identifiers are not taken for a prefix`()
        throws
    {
        let settings = try calibrated { "#]Q1\($0)$$\t" }.get()
        #expect(settings == WedgeSettings(prefix: "#", suffix: "$$", terminators: [.tab]))
    }

    @Test func `without a terminator any may come later`() throws {
        #expect(try calibrated { $0 }.get() == .standard)
    }

    @Test func `a code can be read with the settings found`() throws {
        let settings = try calibrated(gs: "{GS}") { "\u{02}>\($0)<\u{03}\r" }.get()
        let scan = try WedgePayload.read("\u{02}>]C110L7{GS}21A1<\u{03}\r", settings: settings).get()
        #expect(scan.payload == Array("10L7\u{1D}21A1".utf8))
        #expect(scan.aim == "]C1")
    }

    @Test func `a lost separator is a problem of the scanner`() {
        #expect(problem(calibrated(gs: "")) == .separatorLost)
    }

    @Test func `the layout that differs is named`() {
        for machine in KeyboardLayout.allCases where machine != .us {
            let result = calibrated { (machine.reads($0, from: .us) ?? $0) + "\r" }
            #expect(problem(result) == .layoutMismatch(scanner: .us, machine: machine))
        }
    }

    @Test func `Caps Lock is named`() {
        let swapped = calibrated { text in
            String(text.map { $0.isLowercase ? Character($0.uppercased()) : Character($0.lowercased()) })
                + "\r"
        }
        #expect(problem(swapped) == .capsLock)
    }

    @Test func `characters that do not arrive are told`() {
        let result = calibrated { $0.replacing("{", with: "").replacing("}", with: "") + "\r" }
        #expect(problem(result) == .charactersLost(["{", "}"]))
    }

    @Test func `another code is not taken for one of the page`() {
        let codes = CalibrationCode.allCases.map { Array(($0.payload + "\r").unicodeScalars) }
        let other = Array("EM500-0001\r".unicodeScalars)
        for place in [0, 2] {
            var produced = codes
            produced[place] = other
            #expect(
                problem(
                    WedgeCalibration.settings(
                        separator: produced[0], characters: produced[1], envelope: produced[2]))
                    == .wrongCode)
        }
        #expect(
            problem(WedgeCalibration.settings(separator: codes[0], characters: [], envelope: codes[2]))
                == .terminatorsDiffer)
    }

    @Test(arguments: [
        CalibrationProblem.wrongCode, .terminatorsDiffer, .separatorLost, .capsLock,
        .layoutMismatch(scanner: .us, machine: .french), .charactersLost(["{"]),
    ]) func `every problem explains itself`(_ problem: CalibrationProblem) {
        #expect(problem.explanation.what.hasSuffix("."))
        #expect(problem.explanation.nextStep.hasSuffix("."))
    }
}
