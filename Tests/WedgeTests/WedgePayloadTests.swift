import Model
import TestSupport
import Testing
import Wedge

@Suite struct WedgePayloadTests {
    private func payload(_ raw: String, _ settings: WedgeSettings = .standard) throws -> String {
        String(decoding: try WedgePayload.read(raw, settings: settings).get().payload, as: UTF8.self)
    }

    private func failure(_ raw: String, _ settings: WedgeSettings = .standard) -> WedgeFailure? {
        if case .failure(let failure) = WedgePayload.read(raw, settings: settings) { failure } else { nil }
    }

    @Test(arguments: WedgeSettings.commonSubstitutes)
    func `every usual substitute becomes GS`(_ substitute: String) throws {
        let settings = WedgeSettings(gsSubstitute: substitute)
        #expect(
            try payload("]C1010950110153000310L7\(substitute)21A1\r", settings)
                == "010950110153000310L7\u{1D}21A1")
    }

    @Test(arguments: ["\u{1B}0\u{1B}2\u{1B}9", "\u{1B}029"])
    func `ALT codes become the separators that they stand for`(_ code: String) throws {
        #expect(try payload("10L7\(code)21A1\r") == "10L7\u{1D}21A1")
        #expect(try payload("[)>\u{1B}0\u{1B}3\u{1B}006\u{1D}SA1\r") == "[)>\u{1E}06\u{1D}SA1")
    }

    @Test func `a substitute is a plain character in a payload that has no separators`() throws {
        let settings = WedgeSettings(gsSubstitute: "~")
        #expect(try payload("https://example.org/~a\r", settings) == "https://example.org/~a")
        #expect(try payload("[)>~06~SA1\r", settings) == "[)>\u{1D}06\u{1D}SA1")
    }

    @Test func `prefix and suffix are taken off once, inside the framing`() throws {
        let settings = WedgeSettings(prefix: "#", suffix: "$")
        #expect(try payload("\u{02}##SN1$$\u{03}\r", settings) == "#SN1$")
        #expect(try payload("SN1\r", settings) == "SN1")
    }

    @Test(arguments: [
        "SN\u{202E}1", "SN\u{200B}1", "SN\u{85}1", "SN\u{07}1", "SN\u{1B}[31m1", "SN\u{FEFF}1", "SN\u{7F}1",
        "SN\u{2066}1", "SN\n1",
    ]) func `what a terminal obeys or the eye does not see is refused`(_ raw: String) {
        #expect(failure(raw + "\r") == .controlCharacters)
    }

    @Test func `separators of labels are kept`() throws {
        let text = "[)>\u{1E}06\u{1D}SA1\u{1F}\u{1C}\u{1E}\u{04}"
        #expect(try payload(text + "\r") == text)
    }

    @Test(arguments: ["", "\r", "\u{02}\u{03}\r", "]C1\r", "\u{1B}[200~\u{1B}[201~"])
    func `nothing is nothing`(_ raw: String) {
        #expect(failure(raw) == .empty)
    }

    @Test(arguments: [
        "https://id.example.org/01/09501101530003/21/A1", "MT:Y.K9042C00KA0648G00",
        "WIFI:T:WPA;S:net;P:pass;;", "[)>\u{1E}06\u{1D}SA1\u{1E}\u{04}", "(01)09501101530003(21)A1",
        "]Q1LW:D0:70B3D57ED0000001:0004A30B001C0530:FFFF0001", #"{"ver":"v1","name":"PROV_1"}"#,
    ]) func `each layout that differs is named, in both directions`(_ text: String) throws {
        for other in KeyboardLayout.allCases where other != .us {
            for (scanner, machine) in [(KeyboardLayout.us, other), (other, .us)] {
                guard let read = machine.reads(text, from: scanner), read != text,
                    failure(text) == nil, failure(read) != nil
                else { continue }
                guard case .layoutMismatch = failure(read) else {
                    Issue.record("\(read): \(String(describing: failure(read)))")
                    continue
                }
                let known = WedgeSettings(layout: machine)
                #expect(failure(read, known) == .layoutMismatch(scanner: scanner, machine: machine))
            }
        }
        let german = try #require(KeyboardLayout.german.reads(text, from: .us))
        #expect(failure(german) == .layoutMismatch(scanner: .us, machine: .german))
    }

    @Test func `a dash that became a letter in a serial is named`() {
        #expect(failure("Lß000010\r") == .layoutMismatch(scanner: .us, machine: .german))
        #expect(failure("Straße 5\r") == nil)
    }

    @Test func `Caps Lock is named`() {
        #expect(failure("mt:y.k9042c00ka0648g00\r") == .capsLock)
        #expect(WedgeFailure.capsLock.code == "layoutMismatch")
    }

    @Test func `nothing else is taken for garbled`() {
        for text in ["EM500-0001", "yz-1/2=3", "490154203237518", "00:1B:44:11:3A:B7", "LW:D0:x", "lw:d0:x"] {
            #expect(failure(text) == nil, "\(text)")
        }
    }

    @Test func `a bracket with an unknown letter is data`() throws {
        let scan = try WedgePayload.read("]y1SN1\r").get()
        #expect(scan.aim == nil)
        #expect(scan.payload == Array("]y1SN1".utf8))
    }

    @Test func `a scan does not print its payload`() throws {
        let scan = try WedgePayload.read("claim-7f3a\r").get()
        #expect(!"\(scan)".contains("claim"))
    }

    @Test func `any text is answered`() {
        var random = SeededRandom(seed: 11)
        for _ in 0..<2000 {
            let raw = (0..<Int.random(in: 0...40, using: &random)).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x2FF, using: &random))
            }
            let settings = WedgeSettings(prefix: "#", suffix: "$", gsSubstitute: "^]")
            if case .success(let scan) = WedgePayload.read(raw, settings: settings) {
                #expect(!scan.payload.isEmpty)
            }
        }
        #expect(failure(String(repeating: "a", count: 9000)) == .tooLong)
    }

    @Test(arguments: [
        WedgeFailure.empty, .tooLong, .controlCharacters, .capsLock,
        .layoutMismatch(scanner: .us, machine: .german),
    ]) func `every failure explains itself`(_ failure: WedgeFailure) {
        let explanation = failure.explanation
        #expect(explanation.id.hasPrefix("wedge_"))
        #expect(explanation.what.hasSuffix(".") && explanation.nextStep.hasSuffix("."))
    }

    @Test func `settings survive their JSON`() throws {
        let settings = WedgeSettings(
            prefix: "#", suffix: "", gsSubstitute: "{GS}", terminators: [.cr], layout: .german)
        let json = try CanonicalJSON.encode(settings)
        #expect(try CanonicalJSON.decode(WedgeSettings.self, from: json) == settings)
    }
}
