import Credentials
import Model
import TestSupport
import Testing

/// A secret while it is typed, in the memory that the library protects.
@Suite struct SecretTextTests {
    @Test(arguments: ["", "x", "fünf Wörter", "密码🔑", "e\u{301}"])
    func `what was typed comes out, and its characters are counted`(_ text: String) {
        var typed = SecretText(SecretBytes.of(""))
        for scalar in text.unicodeScalars { typed.add(scalar) }
        #expect(typed.plain == text && typed.count == text.unicodeScalars.count)
        #expect(SecretText(SecretBytes.of(text)).count == typed.count)
        for _ in text.unicodeScalars { typed.removeLast() }
        typed.removeLast()
        #expect(typed.isEmpty && typed.bytes.count == 0)
    }

    @Test func `a copy keeps what it had`() {
        var typed = SecretText(SecretBytes.of("four"))
        let before = typed
        typed.add("5")
        #expect(before.plain == "four" && typed.plain == "four5" && before != typed)
    }

    @Test func `it prints as nothing, however it is asked`() {
        let typed = SecretText(SecretBytes.of("tisch"))
        var dumped = ""
        dump(typed, to: &dumped)
        for words in ["\(typed)", String(reflecting: typed), dumped] { #expect(!words.contains("tisch")) }
    }
}
