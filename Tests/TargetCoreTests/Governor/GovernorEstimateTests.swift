import Model
import TargetCore
import Testing

@Suite struct GovernorEstimateTests {
    private let limits = [
        CloudLimit("service", plane: "service", count: 1000, seconds: 60, source: "a test"),
        CloudLimit("keys", calls: ["CreateKeys"], count: 10, seconds: 1, source: "a test"),
        CloudLimit("polls", calls: ["Poll"], count: 5, seconds: 10, scope: .device, source: "a test"),
    ]

    private func amount(_ name: String, _ count: Int, device: String? = nil) -> GovernorEstimate.Amount {
        .init(.init(plane: "service", name: name, device: device), count: count)
    }

    @Test func `the slowest limit decides`() {
        let estimate = GovernorEstimate(of: [amount("Put", 5000), amount("CreateKeys", 5000)], under: limits)
        #expect(estimate.milliseconds == 600_000)
        #expect(estimate.limit?.name == "service")
        #expect(
            estimate.sentence == "10000 calls take at least 10 minutes: service allows 1000 a minute.")
        #expect(
            GovernorEstimate(of: [amount("CreateKeys", 25)], under: limits).sentence
                == "25 calls take at least 3 seconds: keys allows 10 a second.")
    }

    @Test func `limits by device look at the busiest`() {
        let amounts = [amount("Poll", 50, device: "a"), amount("Poll", 20, device: "b"), amount("Poll", 100)]
        let estimate = GovernorEstimate(of: amounts, under: limits)
        #expect(estimate.limit?.name == "polls")
        #expect(estimate.milliseconds == 100_000)
        #expect(estimate.sentence == "50 calls take at least 100 seconds: polls allows 5 in 10 s.")
    }

    @Test func `nothing, too much and the unlisted have an estimate`() {
        #expect(GovernorEstimate(of: [], under: limits).sentence == "Nothing is to be called.")
        let much = GovernorEstimate(of: [amount("Put", .max), amount("Put", .max)], under: limits)
        #expect(much.milliseconds == 60_000_000_000)
        #expect(much.sentence == "1000000000 calls take at least 16667 hours: service allows 1000 a minute.")
        let odd = GovernorEstimate(of: [.init(.init(plane: "odd", name: "Odd"), count: 50)], under: limits)
        #expect(odd.limit?.name == "unlisted_odd_Odd")
        #expect(odd.milliseconds == 10_000)
    }

    @Test func `a governor that was throttled says so in its estimates`() {
        var governor = Governor(key: "k", limits: limits)
        governor.answered(
            .init(plane: "service", name: "Put"), .throttled(retryAfterSeconds: nil), at: moment(0))
        #expect(governor.estimate(of: [amount("Put", 1000)]).milliseconds == 120_000)
    }

    @Test func `one limit for each call has the call's name`() {
        let each = CloudLimit.each(
            of: ["CreateThing", "DeleteThing"], prefix: "aws", count: 100, seconds: 1, source: "a test")
        #expect(each.map(\.name) == ["aws_CreateThing", "aws_DeleteThing"])
        #expect(each[0].covers(plane: "any", call: "CreateThing"))
        #expect(!each[0].covers(plane: "any", call: "DeleteThing"))
    }
}
