import Model
import Testing

@Suite struct TextTests {
    @Test func `a redacted value prints as such everywhere`() {
        let secret = Redacted("hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in [
            "\(secret)", String(describing: secret), String(reflecting: secret), dumped, "\([secret])",
        ] {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.unredacted == "hunter2")
    }

    @Test func `hex text and bytes turn into each other`() {
        #expect(Hexadecimal.encode([0, 0xAB, 0xFF]) == "00abff")
        #expect(Hexadecimal.decode("00aBFf") == [0, 0xAB, 0xFF])
        for text in ["0", "0g", "é0"] { #expect(Hexadecimal.decode(text) == nil) }
    }

    @Test(
        arguments: [([], ""), ([0x66], "Zg"), ([0x66, 0x6F], "Zm8"), ([0xFB, 0xFF], "-_8")]
            as [([UInt8], String)])
    func `base64url has no padding and its own alphabet`(bytes: [UInt8], text: String) {
        #expect(Base64.encodeURL(bytes) == text)
        #expect(Base64.decodeURL(text) == bytes)
    }

    @Test(arguments: ["Zg==", "Z", "+/8", "Zm 8"])
    func `base64url that is not canonical is refused`(text: String) {
        #expect(Base64.decodeURL(text) == nil)
    }

    @Test(arguments: ProblemCode.allCases)
    func `every problem has a sentence, a next step and a status`(code: ProblemCode) {
        #expect(code.title.hasSuffix(".") && code.nextStep.hasSuffix("."))
        #expect((400..<600).contains(code.status))
        #expect(Problem(code).knownCode == code)
    }
}
