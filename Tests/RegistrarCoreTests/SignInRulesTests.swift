import Model
import RegistrarCore
import Testing

@Suite struct SignInRulesTests {
    private let now = Timestamp(milliseconds: 1_790_000_000_000)

    private func failures(_ count: Int, secondsAgo: Int64) -> [Timestamp] {
        (0..<count).map { now.advanced(bySeconds: -secondsAgo + Int64($0)) }
    }

    @Test func `ten wrong ones within an hour close the door until the first of them is an hour old`() {
        #expect(SignInRules.verdict(failures: failures(9, secondsAgo: 60), now: now) == .mayTry)
        #expect(
            SignInRules.verdict(failures: failures(10, secondsAgo: 60), now: now)
                == .wait(seconds: 3540))
        #expect(
            SignInRules.verdict(failures: failures(12, secondsAgo: 60), now: now)
                == .wait(seconds: 3542))
        #expect(SignInRules.verdict(failures: failures(10, secondsAgo: 3600), now: now) == .mayTry)
        #expect(SignInRules.verdict(failures: failures(500, secondsAgo: 7200), now: now) == .mayTry)
    }

    @Test func `a clock that was set back keeps nobody out for longer than an hour`() {
        let ahead = failures(10, secondsAgo: -86_400)
        #expect(SignInRules.verdict(failures: ahead, now: now) == .wait(seconds: 3600))
    }
}
