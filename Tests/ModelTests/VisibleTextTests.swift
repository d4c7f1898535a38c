import Model
import TestSupport
import Testing

@Suite struct VisibleTextTests {
    @Test(arguments: [
        ("plain é 日本", "plain é 日本"), ("a\u{1B}[2J", "a␛[2J"), ("\u{7F}\u{0}\n", "␡␀␊"),
        ("\u{9B}31m", "‹U+009B›31m"),
        ("evil\u{202E}txt", "evil‹U+202E›txt"), ("\u{200B}", "‹U+200B›"), ("\u{E0041}", "‹U+E0041›"),
        ("e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}", "e\u{301}\u{301}\u{301}\u{301}"), ("\u{1D}", "␝"),
    ])
    func `what steers a terminal is shown as a sign`(text: String, visible: String) {
        #expect(VisibleText.of(text) == visible)
    }

    @Test func `JSON keeps its value while nothing in it can steer a terminal`() throws {
        let text = "x\u{9B}\u{202E}\u{E0041}\u{7F}é"
        let json = VisibleText.json(try CanonicalJSON.text([text]))
        #expect(json == #"["x\u009b\u202e\udb40\udc41\u007fé"]"#)
        #expect(try CanonicalJSON.decode([String].self, from: Array(json.utf8)) == [text])
    }

    @Test func `random text never lets a control or format character through`() {
        var random = SeededRandom(seed: 7)
        for _ in 0..<2000 {
            let scalars = (0..<20).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...0x10FFFF, using: &random))
            }
            let text = String(String.UnicodeScalarView(scalars))
            for scalar in VisibleText.of(text).unicodeScalars {
                let category = scalar.properties.generalCategory
                #expect(
                    ![.control, .format, .lineSeparator, .paragraphSeparator, .privateUse].contains(category))
            }
        }
    }
}
