import Testing
import Wedge

@Suite struct BurstDetectorTests {
    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }

    @Test func `a code is retracted at the sixth character and scanned at its end`() {
        var run = BurstRecord()
        run.type("EM500-01", from: 0, gap: 8)
        #expect(run.outputs == scalars("EM500").map { .typing($0) } + [.retracted(5)])
        run.type("\r", at: 64)
        #expect(run.scanned.isEmpty, "an LF may still come")
        run.pass(until: 104)
        #expect(run.outputs.last == .scanned(scalars("EM500-01\r"), .cr))
        #expect(run.detector.lastScanAt == 64)
    }

    @Test func `a terminal that delivers a code in one read is a scanner`() {
        let run = BurstRecord(scalars("SN00417-X\r\n").map { ($0, 1000) })
        #expect(run.outputs.last == .scanned(scalars("SN00417-X\r\n"), .crlf))
        #expect(run.typed.isEmpty)
    }

    @Test func `without CR LF in the settings a CR ends the code at once`() {
        var run = BurstRecord(settings: WedgeSettings(terminators: [.cr]))
        run.type("EM500-01\r", from: 0, gap: 8)
        #expect(run.outputs.last == .scanned(scalars("EM500-01\r"), .cr))
        #expect(run.detector.deadline == nil)
    }

    @Test func `several codes in one burst are several scans, however short the later ones are`() {
        let run = BurstRecord(scalars("00005E005301\rA1\r\nLOT7\t").map { ($0, 0) })
        #expect(
            run.scanned == [scalars("00005E005301\r"), scalars("A1\r\n"), scalars("LOT7\t")])
        #expect(run.settled.count == 22)
    }

    @Test func `silence ends a code that has no terminator`() {
        var run = BurstRecord()
        let last = run.type("EM500-0001", from: 0, gap: 10)
        #expect(run.detector.deadline == last + 100)
        run.pass(until: last + 99)
        #expect(run.scanned.isEmpty)
        run.pass(until: last + 100)
        #expect(run.outputs.last == .scanned(scalars("EM500-0001"), nil))
    }

    @Test func `one typed character is shown at once and settled by silence`() {
        var run = BurstRecord()
        run.type("j", at: 0)
        #expect(run.outputs == [.typing("j")])
        run.pass(until: 60)
        #expect(run.typed.isEmpty)
        run.pass(until: 61)
        #expect(run.outputs == [.typing("j"), .typed(["j"])])
        #expect(run.detector.deadline == nil)
    }

    @Test(arguments: ["\r", "\n", "\t", "\u{1B}", "\u{7F}", "\u{08}"] as [Unicode.Scalar])
    func `a key that acts is settled at once when nothing is pending`(_ scalar: Unicode.Scalar) {
        var run = BurstRecord()
        run.type(scalar, at: 0)
        #expect(run.outputs == [.typed([scalar])])
    }

    @Test func `a person who types fast and presses Enter is a person`() {
        let run = BurstRecord(
            zip(scalars("hunter2\r"), [0, 70, 125, 180, 240, 290, 345, 400]).map { ($0, $1) })
        #expect(run.typed == scalars("hunter2\r"))
        #expect(run.scanned.isEmpty)
    }

    @Test(arguments: [15, 20, 25, 30, 33, 40] as [Int64])
    func `a key that is held down is a person's, also before another key`(_ gap: Int64) {
        var run = BurstRecord()
        run.type("aaaaaaaaaaaab", from: 0, gap: gap)
        run.pass(until: 1000)
        #expect(run.scanned.isEmpty)
        let clumped = BurstRecord(scalars("aaaaaaaaaaaa").map { ($0, 5) })
        #expect(clumped.typed.count == 12)
    }

    @Test func `a serial with many zeros is still a scanner's`() {
        let run = BurstRecord(scalars("SN00000000012\r").enumerated().map { ($1, Int64($0) * 25) })
        #expect(run.scanned.count == 1)
        #expect(run.typed.isEmpty)
    }

    @Test func `the LF that comes late behind a scan acts on nothing`() {
        var run = BurstRecord()
        let last = run.type("EM500-0001\r", from: 0, gap: 8)
        run.type("\n", at: last + 55)
        run.pass(until: 2000)
        #expect(run.outputs.suffix(2) == [.scanned(scalars("EM500-0001\r"), .cr), .dropped(["\n"])])
        run.type("\r", at: 3000)
        #expect(run.outputs.last == .typed(["\r"]))
    }

    @Test func `control characters within a burst belong to it`() {
        let text = "[)>\u{1E}06\u{1D}1PEM500\u{1D}S\u{03}1\u{1A}\u{1E}\u{04}\r"
        let run = BurstRecord(scalars(text).map { ($0, 0) })
        #expect(run.scanned == [scalars(text)])
    }

    @Test func `keys act between codes and never within one`() {
        var run = BurstRecord()
        #expect(run.detector.key(at: 0) == .act(after: []))
        run.type("a", at: 100)
        #expect(run.detector.key(at: 150) == .act(after: [.typed(["a"])]))
        run.type("EM5", from: 1000, gap: 8)
        #expect(run.detector.key(at: 1020) == .ignore([]))
        run.type("00-1", from: 1028, gap: 8)
        #expect(run.detector.key(at: 1060) == .ignore([]))
        run.type("\r", at: 1064)
        #expect(run.detector.key(at: 1070) == .ignore([]))
        #expect(
            run.detector.key(at: 1110) == .ignore([.scanned(scalars("EM500-1\r"), .cr)]),
            "just after a scan a key is still the scanner's")
        #expect(run.detector.key(at: 1300) == .act(after: []))
    }

    @Test func `a stream without end is given on in pieces`() {
        let run = BurstRecord((0..<20_000).map { (Unicode.Scalar(UInt8(0x41 + $0 % 26)), 0) })
        #expect(run.settled.count == 20_000)
        #expect(run.scanned.allSatisfy { $0.count <= 8192 })
    }
}
