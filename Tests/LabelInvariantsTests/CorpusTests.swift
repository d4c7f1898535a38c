import LabelInvariants
import TestSupport
import Testing

/// What is fed to the readers of hostile text by `Scripts/fuzz`, fed once by every test run.
@Suite struct CorpusTests {
    @Test(arguments: CorpusInput.seeds) func `a seed breaks no invariant`(_ input: CorpusInput) {
        #expect(throws: Never.self) { try input.family.check(input.bytes) }
    }

    @Test(arguments: CorpusInput.found) func `what was once found is mended`(_ input: CorpusInput) {
        #expect(throws: Never.self) { try input.family.check(input.bytes) }
    }

    @Test(arguments: LabelFamily.allCases) func `every family has seeds`(_ family: LabelFamily) {
        #expect(CorpusInput.seeds.filter { $0.family == family }.count >= 6)
    }

    /// So that the invariants hold a little beyond the corpus, wherever tests run.
    @Test(arguments: LabelFamily.allCases)
    func `mutated seeds break no invariant`(_ family: LabelFamily) throws {
        var random = SeededRandom(seed: 20_261_125)
        let seeds = CorpusInput.seeds.filter { $0.family == family }
        for round in 0..<300 {
            var bytes = try #require(seeds.randomElement(using: &random)).bytes
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
            #expect(throws: Never.self, "round \(round): \(bytes)") { try family.check(bytes) }
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
        default: bytes.removeSubrange(place..<min(place + 8, bytes.count))
        }
    }
}
