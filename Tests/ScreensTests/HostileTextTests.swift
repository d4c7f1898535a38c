import Canvas
import Labels
import Model
import Screens
import TestSupport
import Testing

/// What comes from outside never steers a terminal, whichever screen shows it.
@Suite struct HostileTextTests {
    private static let pieces: [String] = [
        "\u{1B}[2J", "\u{1B}]52;c;ZXZpbA==\u{7}", "\u{1B}P$q\u{1B}\\", "\u{9B}31m", "\u{202E}", "\u{2066}",
        "\u{200B}",
        "\u{FEFF}", "\u{0}", "\u{8}", "\r", "\n", "\t", "\u{7F}", "\u{85}", "\u{2028}", "a", "SN-1", "日本",
        "e\u{301}",
        "\u{E0041}", "\u{FFFD}", "👩‍👩‍👧", "{1}", "\u{D}\u{A}", "~", "]C1", "(21)",
    ]

    private static func payload(_ random: inout SeededRandom) -> String {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
            pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }.joined()
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            false
        default: true
        }
    }

    private func check(_ text: String, _ seed: Int) {
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || Self.isHarmless($0) }, "\(seed)")
    }

    @Test func `a hundred thousand payloads reach the cells harmless`() {
        var random = SeededRandom(seed: 41)
        var frame = Frame(size: .usual)
        for number in 0..<100_000 {
            frame.put(Self.payload(&random), column: number % 90 - 5, row: number % 24)
            if number % 5000 == 0 { check(frame.text, number) }
        }
        check(frame.text, 100_000)
    }

    @Test(arguments: Scene.all.map(\.name))
    func `every screen stays harmless whatever is scanned, pasted, named or answered`(_ name: String) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        var random = SeededRandom(seed: 7)
        for seed in 0..<40 {
            let text = Self.payload(&random)
            let stage = Stage(seed % 2 == 0 ? .usual : .smallest, work: Self.work(text))
            scene.enact(stage)
            stage.input(.paste(Array(text.utf8)))
            stage.settle()
            check(stage.screen, seed)
            stage.answer(.failed(Explanation(id: text, what: "\(text)", nextStep: text)))
            stage.answer(.networkChanged(.offline(Explanation(id: text, what: "\(text)", nextStep: text))))
            check(stage.screen, seed)
            check(LinearView(stage.state, stage.reader).lines.joined(separator: "\n"), seed)
        }
    }

    /// A catalogue whose every name is hostile.
    private static func work(_ text: String) -> WorkFacts {
        var work = Stage.work
        work.session?.registrarName = text
        work.tenants = work.tenants.map { Tenant(tenantID: $0.tenantID, name: text) }
        work.sites = work.sites.map { Site(siteID: $0.siteID, tenant: $0.tenant, name: text) }
        work.products = work.products.map { product in
            Product(
                productID: product.productID, name: text, admission: product.admission,
                labelFields: product.labelFields)
        }
        var job = Stage.job
        job.name = text
        job.expected[0].position = text
        job.expected[1].note = text
        work.jobs = [JobSummary(job: job, counts: JobProgress(of: job).counts)]
        return work
    }
}
