import AzureIoT
import Model
import Testing

/// The blob that a TPM opens: six structures, each with its size.
@Suite struct TPMChallengeTests {
    static func part(_ count: Int, _ byte: UInt8) -> [UInt8] {
        [UInt8(count >> 8), UInt8(count & 0xFF)] + [UInt8](repeating: byte, count: count)
    }

    static let parts = [part(70, 1), part(256, 2), part(120, 3), part(256, 4), part(50, 5), [0, 0]]
    static let blob = Base64.encode(parts.flatMap { $0 })

    @Test func `each part is what its size says, size included`() throws {
        let challenge = try TPMChallenge(base64: Self.blob)
        let read = [
            challenge.identityObject, challenge.encryptedSecret, challenge.duplicate, challenge.importSeed,
            challenge.publicArea, challenge.remainder,
        ]
        #expect(read == Self.parts)
    }

    @Test func `a blob that is cut off anywhere is told apart by the part`() throws {
        let bytes = Self.parts.flatMap { $0 }
        var named: Set<String> = []
        for length in 0..<bytes.count {
            let fault = #expect(throws: TPMChallengeFault.self) {
                try TPMChallenge(bytes: Array(bytes.prefix(length)))
            }
            guard case .cutOff(let part)? = fault else {
                Issue.record("at \(length): \(String(describing: fault))")
                continue
            }
            named.insert(part)
        }
        #expect(named.count == 6)
    }

    @Test func `what is no challenge is said to be none`() {
        #expect(throws: TPMChallengeFault.notBase64) { try TPMChallenge(base64: "%%%") }
        let bytes = Self.parts.flatMap { $0 }
        #expect(throws: TPMChallengeFault.tooLong(by: 3)) { try TPMChallenge(bytes: bytes + [1, 2, 3]) }
        #expect(throws: TPMChallengeFault.empty(part: "identity object")) {
            try TPMChallenge(bytes: [0, 0] + bytes)
        }
        #expect(TPMChallengeFault.cutOff(part: "duplicate").explanation.what.contains("duplicate"))
    }
}
