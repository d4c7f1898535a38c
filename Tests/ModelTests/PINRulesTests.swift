import Model
import Testing

@Suite struct PINRulesTests {
    private func objection(_ pin: String) -> String? { PINRules.objection(to: Array(pin.utf8)) }

    @Test(arguments: [
        "12345", "1234567890123456", "111111", "123456", "987654", "abcdef", "121212", "314159",
    ])
    func `what everybody tries first is refused`(_ pin: String) {
        #expect(objection(pin) != nil)
    }

    @Test(arguments: ["839201", "tR7-qq", "4711-0815"])
    func `others are taken`(_ pin: String) {
        #expect(objection(pin) == nil)
    }
}
