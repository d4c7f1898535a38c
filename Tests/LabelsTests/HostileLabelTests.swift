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

    /// A hundred thousand in ten parts, each with a seed of its own.
    @Test(arguments: 0..<10 as Range<UInt64>)
    func `mutated labels are answered, and say nothing secret`(_ part: UInt64) throws {
        var random = SeededRandom(seed: 20_261_124 + part)
        let valid = LabelVector.labels.filter(\.valid)
        for round in 0..<10_000 {
            var bytes = Array(try #require(valid.randomElement(using: &random)).input.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
            let reading = reader.read(Payload(bytes: bytes))
            guard case .success(let label) = reading, !label.fields.secrets.isEmpty else { continue }
            let printed = "\(label)" + (try CanonicalJSON.text(LabelJSON(reading)))
            for secret in Self.tellingSecrets(label) {
                #expect(!printed.contains(secret), "part \(part), round \(round), \(label.format)")
            }
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 3: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
        default: bytes.removeSubrange(place..<min(place + 8, bytes.count))
        }
    }

    /// Secrets that are long enough not to stand in other fields by chance.
    private static func tellingSecrets(_ label: Label) -> [String] {
        label.fields.secrets.values.map(\.unredacted).filter { secret in
            secret.count >= 6 && !label.fields.plain.values.contains { $0.contains(secret) }
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
