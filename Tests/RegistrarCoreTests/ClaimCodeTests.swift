import Model
import RegistrarCore
import Testing

@Suite struct ClaimCodeTests {
    /// A digest that shows its input, so that the tests see what goes into it.
    private let digest: DigestFunction = { bytes in
        var sum = [UInt8](repeating: 0, count: 32)
        for (index, byte) in bytes.enumerated() { sum[index % 32] = sum[index % 32] &* 31 &+ byte }
        return sum
    }

    @Test func `a verifier accepts its code only, and only with its salt and key`() {
        let key = Redacted<[UInt8]>([1, 2, 3])
        let verifier = ClaimCodeVerifier(code: Redacted("7F3A"), salt: [9], key: key, digest: digest)
        #expect(verifier.accepts(Redacted("7F3A"), key: key, digest: digest))
        #expect(!verifier.accepts(Redacted("7F3B"), key: key, digest: digest))
        #expect(!verifier.accepts(Redacted(""), key: key, digest: digest))
        #expect(!verifier.accepts(Redacted("7F3A"), key: Redacted([1, 2, 4]), digest: digest))
        var resalted = verifier
        resalted.salt = [8]
        #expect(!resalted.accepts(Redacted("7F3A"), key: key, digest: digest))
    }

    @Test func `the claim code of a label is the most telling of its secrets`() {
        let fields = LabelSecretFields(
            Redacted(["setupPin": "20202021", "claimCode": "7F3A", "appKey": "00"]))
        #expect(fields.claimCode?.unredacted == "7F3A")
        #expect(LabelSecretFields(Redacted(["appKey": "00"])).claimCode == nil)
        #expect(!"\(fields)".contains("7F3A"))
    }
}
