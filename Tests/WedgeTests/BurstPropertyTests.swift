import TestSupport
import Testing
import Wedge

/// Whatever arrives, nothing is lost, doubled or reordered.
@Suite struct BurstPropertyTests {
    private static let alphabet: [Unicode.Scalar] =
        Array("aaaEM500-19Z:/ä\u{1D}\u{1E}\u{04}\u{03}\u{1B}\u{7F}\r\r\n\t".unicodeScalars)

    /// A mixture of people, scanners and reads that deliver much at once.
    private static func stream(_ random: inout SeededRandom) -> [(Unicode.Scalar, Int64)] {
        var time: Int64 = 0
        var keys: [(Unicode.Scalar, Int64)] = []
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let gaps: ClosedRange<Int64> =
                [0...0, 0...12, 5...30, 20...62, 50...200, 95...105].randomElement(
                    using: &random) ?? 0...0
            let isHeld = Int.random(in: 0..<6, using: &random) == 0
            for _ in 0..<Int.random(in: 1...24, using: &random) {
                time += Int64.random(in: gaps, using: &random)
                keys.append((isHeld ? "x" : alphabet.randomElement(using: &random) ?? "a", time))
            }
        }
        return keys
    }

    @Test func `what comes out is what went in, in order`() {
        for seed in 0..<3000 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let keys = Self.stream(&random)
            let run = BurstRecord(keys)
            #expect(run.settled == keys.map(\.0), "seed \(seed)")
            #expect(run.detector.deadline == nil, "seed \(seed)")
        }
    }

    @Test func `drafts are what is typed or retracted, and never a scanner's`() {
        for seed in 0..<3000 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            var drafts: [Unicode.Scalar] = []
            for output in BurstRecord(Self.stream(&random)).outputs {
                switch output {
                case .typing(let scalar): drafts.append(scalar)
                case .retracted(let count):
                    #expect(count <= drafts.count, "seed \(seed)")
                    drafts.removeLast(min(count, drafts.count))
                case .typed(let scalars):
                    #expect(scalars.starts(with: drafts), "seed \(seed)")
                    drafts = []
                case .scanned, .dropped: #expect(drafts.isEmpty, "seed \(seed)")
                }
            }
            #expect(drafts.isEmpty, "seed \(seed)")
        }
    }

    @Test func `a clock that goes back, and deadlines that come late, lose nothing`() {
        for seed in 0..<1000 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let keys = Self.stream(&random)
            var run = BurstRecord()
            for (scalar, time) in keys {
                run.outputs += run.detector.text(scalar, at: time - Int64.random(in: 0...80, using: &random))
            }
            run.pass(until: .max)
            #expect(run.settled == keys.map(\.0), "seed \(seed)")
        }
    }

    @Test func `keys in between settle what was pending and lose nothing`() {
        for seed in 0..<1000 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let keys = Self.stream(&random)
            var run = BurstRecord()
            for (scalar, time) in keys {
                run.type(scalar, at: time)
                guard Int.random(in: 0..<5, using: &random) == 0 else { continue }
                switch run.detector.key(at: time) {
                case .act(let outputs):
                    run.outputs += outputs
                    #expect(run.detector.deadline == nil, "seed \(seed)")
                case .ignore(let outputs): run.outputs += outputs
                }
            }
            run.pass(until: .max)
            #expect(run.settled == keys.map(\.0), "seed \(seed)")
        }
    }
}
