import Model
import Testing

@Suite struct VaultRulesTests {
    private let start = Timestamp(milliseconds: 1_764_000_000_000)

    private func verdict(_ failures: Int, after milliseconds: Int64) -> VaultRules.Verdict {
        VaultRules.verdict(
            failures: failures, last: start,
            now: Timestamp(milliseconds: start.milliseconds + milliseconds))
    }

    @Test func `three wrong tries are free, then each waits twice as long`() {
        #expect((0..<3).allSatisfy { verdict($0, after: 0) == .mayTry })
        #expect(verdict(3, after: 0) == .wait(milliseconds: 2000))
        #expect(verdict(3, after: 2000) == .mayTry)
        #expect(verdict(4, after: 0) == .wait(milliseconds: 4000))
        #expect(verdict(9, after: 0) == .wait(milliseconds: 128_000))
    }

    @Test func `the tenth closes for good`() {
        #expect(verdict(10, after: .max / 4) == .closed)
        #expect(VaultRules.triesLeft(failures: 10) == 0 && VaultRules.triesLeft(failures: 9) == 1)
    }

    @Test func `a clock that was set back does not shut for longer than the pause`() {
        #expect(verdict(3, after: -86_400_000) == .wait(milliseconds: 2000))
    }
}
