import TargetCore
import Testing

@Suite struct OwnLimitTests {
    @Test(arguments: [
        ("azure_hub_registry=300", OwnLimit("azure_hub_registry", count: 300)),
        ("a=1/2678400", OwnLimit("a", count: 1, seconds: 2_678_400)),
        ("a=10000000/1", OwnLimit("a", count: 10_000_000, seconds: 1)),
    ])
    func `a name and numbers are read`(_ text: String, _ limit: OwnLimit) {
        #expect(OwnLimit(text) == limit)
    }

    @Test(arguments: [
        "", "a", "=5", "a=", "a=b", "a=0", "a=-1", "a=+1", "a=1.5", "a=10000001", "a=1/", "a=/1", "a=1/0",
        "a=1/2678401", "a=1/2/3", "a=1=2", "a= 1", "a=١", "a=99999999999999999999",
    ])
    func `anything else is none`(_ text: String) {
        #expect(OwnLimit(text) == nil)
    }

    @Test func `an account's own numbers stand in place of the documents', which stay beside them`() {
        let limits = [
            CloudLimit("a", count: 10, seconds: 60, source: "a test"),
            CloudLimit("b", count: 5, seconds: 1, source: "a test"),
        ]
        let own = limits.replaced(by: [OwnLimit("a", count: 30), OwnLimit("c", count: 1)])
        #expect(own.map(\.name) == ["a", "b"])
        #expect(own[0].count == 30 && own[0].seconds == 60)
        #expect(own[0].published?.count == 10 && own[0].published?.seconds == 60)
        #expect(own[1] == limits[1] && own[1].published == nil)
        let window = limits.replaced(by: [OwnLimit("b", count: 5, seconds: 10)])[1]
        #expect(window.window == 10_000 && window.published?.seconds == 1)
    }

    @Test func `a governor goes by the new numbers with what it has seen before`() {
        let limit = CloudLimit("a", count: 2, seconds: 60, source: "a test")
        let call = GovernedCall(plane: "p", name: "c")
        var governor = Governor(key: "k", limits: [limit])
        let first = [0, 1].map { governor.admit(call, as: .interactive, at: moment($0)) }
        #expect(first == [.now, .now])
        var raised = Governor(
            key: "k", limits: [limit].replaced(by: [OwnLimit("a", count: 3)]), state: governor.state)
        let then = [2, 3].map { raised.admit(call, as: .interactive, at: moment($0)) }
        #expect(then[0] == .now && then[1] != .now, "the earlier ones count")
    }
}
