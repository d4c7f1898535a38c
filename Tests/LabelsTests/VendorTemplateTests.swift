import Labels
import Model
import TestSupport
import Testing

@Suite struct VendorTemplateTests {
    private static let file = #"""
        {"templates": [{"name": "acme-lock", "pattern": "https://acme\\.example/c/(?<mac>[0-9A-F]{12})/(?<claimCode>[a-z0-9]{8,})",
          "constants": {"vendor": "Acme"}, "validators": {"mac": "mac"}}]}
        """#

    @Test func `a template of a file reads its vendor's labels`() throws {
        let templates = try ProfileFile(json: Array(Self.file.utf8)).templates
        let reader = LabelReader.forTests(templates: templates)
        let label = try reader.read(Payload(text: "https://acme.example/c/00005E005301/abcdef12")).get()
        #expect(label.format == "vendor-template:acme-lock")
        #expect(label.fields["vendor"] == "Acme")
        #expect(label.fields["mac"] == "00:00:5E:00:53:01")
        #expect(label.fields.secrets["claimCode"]?.unredacted == "abcdef12")
        #expect(label.fields["claimCode"] == nil)
    }

    @Test func `a host that only begins like the vendor's is another's`() throws {
        let templates = try ProfileFile(json: Array(Self.file.utf8)).templates
        let reading = LabelReader.forTests(templates: templates)
            .read(Payload(text: "https://acme.example.evil.test/c/00005E005301/abcdef12"))
        #expect((try? reading.get())?.format.hasPrefix("vendor-template") != true)
    }

    @Test(arguments: ["(a", "a)", "[", "[]", "a{", "a{3,1}", "*a", "(?<n>a)(?<n>b)", "\\q", "(?=a)", "^a$"])
    func `a pattern that is not understood is refused`(_ pattern: String) {
        #expect(throws: TemplateError.self) { try VendorTemplate(name: "x", pattern: pattern) }
    }

    @Test(arguments: [
        "((a{99}){99}){99}", "a{9999}", "((((){999}){999}){999}){999}", "(?:){999999}", "(a|b|c|d){0,999}",
        "(((a?){99})?){99}", (0..<100).map { "(?<g\($0)>a)" }.joined(),
        Array(repeating: "a", count: 5000).joined(separator: "|"),
    ]) func `a pattern that is too large once written out is refused`(_ pattern: String) {
        #expect(throws: TemplateError.self) { try VendorTemplate(name: "x", pattern: pattern) }
    }

    /// Each of them keeps an engine that goes back and tries again busy for ever.
    @Test(arguments: [
        "(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)(.*)(.*)(.*)b", "(a*)*(a?)*b", "(?<x>a+)+(?<y>a+)+b",
        "([a-z]+)*9", "(((a*)*)*)*b", "(a{0,50}){0,40}b", "(|a)*b", "(a*|b*)*c",
    ]) func `hostile patterns are matched in the time that the text takes`(_ pattern: String) throws {
        let template = try VendorTemplate(name: "x", pattern: pattern)
        let reader = LabelReader.forTests(templates: [template])
        let text = String(repeating: "a", count: VendorTemplate.limitCharacters)
        #expect(
            reader.read(Payload(text: text), as: "vendor-template:x")
                == .failure(LabelFailure(format: "vendor-template:x", error: .noMatch)))
    }

    @Test func `a text longer than any label of a template is not tried`() throws {
        let template = try VendorTemplate(name: "x", pattern: "a*")
        let reader = LabelReader.forTests(templates: [template])
        for (count, isTaken) in [(512, true), (513, false), (7089, false)] {
            let payload = Payload(text: String(repeating: "a", count: count))
            let label = try? reader.read(payload, as: "vendor-template:x")?.get()
            #expect((label != nil) == isTaken)
        }
    }

    /// With backtracking this takes longer than the age of the universe.
    @Test func `repetitions within repetitions are matched in the time that the text takes`() throws {
        let template = try VendorTemplate(name: "x", pattern: "(a*)*(a*)*(a*)*b")
        let reader = LabelReader.forTests(templates: [template])
        let text = String(repeating: "a", count: 500)
        #expect(
            reader.read(Payload(text: text), as: "vendor-template:x")
                == .failure(LabelFailure(format: "vendor-template:x", error: .noMatch)))
        #expect(
            try #require(reader.read(Payload(text: text + "b"), as: "vendor-template:x")).get().fields.isEmpty
        )
    }

    @Test func `the first of two alternatives is preferred, and a greedy repetition takes all`() throws {
        let template = try VendorTemplate(name: "x", pattern: "(?<a>[A-Z]+)(?<b>[A-Z0-9]*)(-(?<c>x|xy)y?)?")
        let reader = LabelReader.forTests(templates: [template])
        let label = try #require(reader.read(Payload(text: "ABC1-xy"), as: "vendor-template:x")).get()
        #expect(label.fields.plain == ["a": "ABC", "b": "1", "c": "x"])
    }
}
