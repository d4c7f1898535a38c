import Model
import TargetCore
import Testing

@Suite struct TargetClockTests {
    private let target = TargetID(trusted: "eu")

    private func clock(_ ahead: [Int64]) -> TargetClock {
        var clock = TargetClock(moment(0).milliseconds / 1000 + ahead[0], at: moment(0))
        for (index, ahead) in ahead.enumerated().dropFirst() {
            let now = moment(Int64(index) * 1000)
            clock.saw(now.milliseconds / 1000 + ahead, at: now)
        }
        return clock
    }

    @Test(
        arguments: [
            ([7], 7), ([-400], -400), ([0, 0, -3600, 0, 0], 0), ([0, 0, 0, 400, 400, 400], 400),
            ([1, 1, 1, 1, 1, 900, 900], 1),
        ] as [([Int64], Int64)])
    func `the middle of the last answers counts, one that lies moves nothing`(
        _ ahead: [Int64], _ expected: Int64
    ) {
        #expect(clock(ahead).secondsAhead == expected)
    }

    @Test func `more than the target bears is said, with the way in which the clock is wrong`() throws {
        #expect(clock([300]).finding(at: target, tolerableSeconds: 300) == nil)
        #expect(clock([-300]).finding(at: target, tolerableSeconds: 300) == nil)
        let behind = try #require(clock([301]).finding(at: target, tolerableSeconds: 300))
        #expect(behind.what.contains("301 seconds behind that of eu") && behind.weight == .warned)
        let ahead = try #require(clock([-4000]).finding(at: target, tolerableSeconds: 300))
        #expect(ahead.what.contains("4000 seconds ahead of that of eu"))
    }

    @Test func `it is kept when it says something new, and once a day`() throws {
        let kept = clock([10])
        #expect(kept.isNews(after: nil))
        #expect(!clock([10, 11]).isNews(after: kept))
        #expect(clock([12]).isNews(after: kept))
        var later = kept
        later.saw(moment(86_400_000).milliseconds / 1000 + 10, at: moment(86_400_000))
        #expect(later.isNews(after: kept))
        let text = try CanonicalJSON.encode(kept)
        #expect(try CanonicalJSON.decode(TargetClock.self, from: text) == kept)
    }
}
