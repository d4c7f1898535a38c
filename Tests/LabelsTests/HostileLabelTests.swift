import Labels
import Model
import TestSupport
import Testing

/// Labels are hostile: whatever bytes come, the reader answers, and says nothing secret.
@Suite struct HostileLabelTests {
    private let reader = LabelReader.forTests()

    @Test func `every vector cut at every length is answered`() {
        for vector in LabelVector.labels {
            let bytes = Array(vector.input.utf8)
            for count in bytes.indices {
                let payload = Payload(bytes: Array(bytes.prefix(count)))
                _ = reader.read(payload)
                _ = reader.read(payload, as: vector.format)
            }
        }
    }

    @Test func `mutated vectors are answered`() throws {
        var random = SeededRandom(seed: 20_261_124)
        for _ in 0..<4000 {
            var bytes = Array(try #require(LabelVector.labels.randomElement(using: &random)).input.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: bytes.indices, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                }
            }
            _ = reader.read(Payload(bytes: bytes))
        }
    }

    @Test func `random bytes of any length are answered`() {
        var random = SeededRandom(seed: 7)
        for length in [0, 1, 2, 3, 17, 255, 4096, Payload.limitBytes, Payload.limitBytes + 1] {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            _ = reader.read(Payload(bytes: bytes))
        }
        #expect(
            reader.read(Payload(bytes: [UInt8](repeating: 0x31, count: Payload.limitBytes + 1)))
                == .failure(LabelFailure(format: nil, error: .badLength)))
        #expect(reader.read(Payload(bytes: [])) == .failure(LabelFailure(format: nil, error: .empty)))
    }

    @Test(arguments: LabelVector.labels) func `no secret is printed`(_ vector: LabelVector) throws {
        let reading = try vector.read()
        guard case .success(let label) = reading else { return }
        var dumped = ""
        dump(label, to: &dumped)
        let printed = [
            "\(label)", String(reflecting: label), dumped, try CanonicalJSON.text(LabelJSON(reading)),
        ]
        for (name, secret) in label.fields.secrets where secret.unredacted.count >= 6 {
            // A claim code that an address begins with is no secret in that address.
            guard !label.fields.plain.values.contains(where: { $0.contains(secret.unredacted) }) else {
                continue
            }
            for text in printed { #expect(!text.contains(secret.unredacted), "\(vector.id): \(name)") }
        }
    }

    @Test func `every error explains itself without the payload`() {
        for error in LabelError.allCases {
            let explanation = LabelFailure(format: "imei", error: error).explanation
            #expect(explanation.id.hasPrefix("label_"))
            #expect(explanation.what.hasSuffix(".") && explanation.nextStep.hasSuffix("."))
        }
    }
}
