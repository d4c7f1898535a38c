import LabelInvariants
import Labels
import Model
import Testing

/// The invariants themselves: labels that break one are noticed.
@Suite struct LabelChecksTests {
    private let payload = Payload(text: "SN:AB123456;CLAIM:hunter2hunter2")

    private func check(_ fields: LabelFields) throws(Violation) {
        try LabelChecks.check(.success(Label(format: "generic-label", fields: fields)), of: payload)
    }

    @Test func `a label that keeps its secrets passes`() throws {
        var fields = LabelFields()
        fields["serial"] = "AB123456"
        fields.setSecret("claimCode", "hunter2hunter2")
        try check(fields)
    }

    @Test func `a secret in a plain field is noticed`() {
        var fields = LabelFields()
        fields["serial"] = "AB123456;CLAIM:hunter2hunter2"
        fields.setSecret("claimCode", "hunter2hunter2")
        #expect(throws: Violation.self) { try check(fields) }
    }

    @Test func `a field in another than its one spelling is noticed`() {
        var fields = LabelFields()
        fields["mac"] = "00005e005301"
        #expect(throws: Violation.self) { try check(fields) }
    }

    @Test func `a label out of all proportion is noticed`() {
        var fields = LabelFields()
        fields["serial"] = String(repeating: "A", count: 10_000)
        #expect(throws: Violation.self) { try check(fields) }
    }

    @Test func `every format of labels belongs to a family`() {
        let named = Set(LabelFamily.allCases.flatMap(\.formats))
        #expect(Set(LabelChecks.formatNames).subtracting(named).isEmpty)
    }
}
