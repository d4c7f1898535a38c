import AWSIoT
import Model
import TargetCore
import Testing

@Suite struct BulkFileTests {
    private static let template = AWSTemplate(
        use: .bulk, thingName: [.parameter("Serial")], policy: "p"
    ).body

    private static func line(_ serial: String, _ request: String) throws -> String {
        BulkRegistration.lines([["Serial": serial, "CSR": request]])
    }

    @Test func `a file whose every line has what the template asks for has no finding`() throws {
        let text = try ["1", "2"].map { try Self.line($0, FakePEM.requestPEM("key-\($0)")) }.joined()
        let file = BulkFile(text + "\n", template: Self.template, facts: FakePEM.facts)
        #expect(file.devices == 2 && file.findings == [])
    }

    @Test(arguments: [
        ("nonsense", "is no JSON object"), (#"{"Serial":1}"#, "gives Serial no text"),
        (#"{"Serial":"1"}"#, "does not say CSR"),
        (#"{"Serial":"1","CSR":"x","More":"y"}"#, "says More, which"),
        (#"{"Serial":"1","CSR":"x"}"#, "has no certificate request"),
    ])
    func `a line at fault is named with its number`(_ line: String, _ words: String) throws {
        let good = try Self.line("0", FakePEM.requestPEM("key-0"))
        let file = BulkFile(good + "\n" + line, template: Self.template, facts: FakePEM.facts)
        #expect(file.devices == 2 && file.findings.count == 1)
        #expect(file.findings.first?.what.hasPrefix("Line 3 \(words)") == true, "\(file.findings)")
    }

    @Test func `a line that is there twice, and a file without lines, are found`() throws {
        let good = try Self.line("0", FakePEM.requestPEM("key-0"))
        let twice = BulkFile(good + good, template: Self.template, facts: FakePEM.facts)
        #expect(twice.findings.map(\.what) == ["Line 2 says the same as line 1."])
        #expect(BulkFile("\n", template: Self.template, facts: FakePEM.facts).findings.count == 1)
    }
}
