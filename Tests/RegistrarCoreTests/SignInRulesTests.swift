import Model
import RegistrarCore
import Testing

@Suite struct SignInRulesTests {
    private let now = Timestamp(milliseconds: 1_790_000_000_000)

    private func failures(_ count: Int, secondsAgo: Int64) -> [Timestamp] {
        (0..<count).map { now.advanced(bySeconds: -secondsAgo + Int64($0)) }
    }

    /// What is said to a tablet that the operator has signed in on before.
    private func verdict(_ failures: [Timestamp]) -> SignInRules.Verdict {
        SignInRules.verdict(.ofTablet(failures), now: now)
    }

    private func stranger(_ here: Int, _ address: Int, _ everywhere: Int) -> SignInRules.Verdict {
        func some(_ count: Int) -> [Timestamp] { failures(count, secondsAgo: 600) }
        return SignInRules.verdict(
            .ofStrangers(here: some(here), address: some(address), everywhere: some(everywhere)), now: now)
    }

    @Test func `ten wrong ones within an hour close the door until the first of them is an hour old`() {
        #expect(verdict(failures(9, secondsAgo: 60)) == .mayTry)
        #expect(
            verdict(failures(10, secondsAgo: 60))
                == .wait(seconds: 3540))
        #expect(
            verdict(failures(12, secondsAgo: 60))
                == .wait(seconds: 3542))
        #expect(verdict(failures(10, secondsAgo: 3600)) == .mayTry)
        #expect(verdict(failures(500, secondsAgo: 7200)) == .mayTry)
    }

    @Test func `a clock that was set back keeps nobody out for longer than an hour`() {
        let ahead = failures(10, secondsAgo: -86_400)
        #expect(verdict(ahead) == .wait(seconds: 3600))
    }

    @Test func `a stranger is stopped by the operator tried, by the place, and by all strangers together`() {
        #expect(stranger(9, 29, 99) == .mayTry)
        #expect(stranger(10, 10, 10) == .wait(seconds: 3000))
        #expect(stranger(0, 30, 0) == .wait(seconds: 3000))
        #expect(stranger(0, 0, 100) == .wait(seconds: 3000))
    }

    @Test func `addresses of one holder count as one place`() {
        func place(_ bytes: [UInt8]?) -> String { SignInOrigin(tablet: nil, address: bytes).address }
        let network: [UInt8] = [0x20, 1, 0xD, 0xB8, 0, 1, 0, 2]
        #expect(place([192, 0, 2, 7]) == "c0000207")
        #expect(place(network + [UInt8](repeating: 9, count: 8)) == place(network + [UInt8](1...8)))
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 7]
        #expect(place(mapped) == place([192, 0, 2, 7]))
        #expect(place(nil).isEmpty)
    }
}
