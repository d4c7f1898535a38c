import Model
import TargetCore
import Testing

/// What is said of what a target holds, and of what it does not.
@Suite struct TargetReconciliationTests {
    private let acme = TenantID(trusted: "acme")

    private func record(_ name: String, group: String? = nil) -> TargetRecord {
        TargetRecord(device: DeviceID(trusted: "d-\(name)"), tenant: acme, name: name, group: group)
    }

    private func held(
        _ kind: TargetHolding.Kind, _ name: String, device: String? = nil, tenant: String = "acme"
    ) -> TargetHolding {
        TargetHolding(
            kind, name, device: device.map(DeviceID.init(trusted:)),
            tenant: device == nil ? nil : TenantID(trusted: tenant))
    }

    @Test func `each verdict has its holding`() {
        var reconciliation = TargetReconciliation(
            records: [record("a"), record("b"), record("c"), record("e")],
            underWork: [DeviceID(trusted: "d-late")])
        let cases: [(TargetHolding, Bool, TargetReconciliation.Verdict?)] = [
            (held(.device, "a", device: "d-a"), true, .known),
            (held(.device, "b"), false, .known),
            (held(.device, "c", device: "d-x"), true, .exchanged),
            (held(.device, "e", device: "d-e", tenant: "globex"), true, .exchanged),
            (held(.device, "gone", device: "d-gone"), true, .leftover),
            (held(.device, "late", device: "d-late"), true, .underWork),
            (held(.device, "theirs", device: "d-theirs"), false, .foreign),
            (held(.device, "hand"), false, .foreign),
            // Once more, as a list that began anew gives it.
            (held(.device, "a", device: "d-a"), true, nil),
            // The record of registrations beside the entry is another thing of one name.
            (held(.registration, "a"), false, .known),
        ]
        for (holding, isKnown, verdict) in cases {
            #expect(reconciliation.judge(holding, isKnown: isKnown) == verdict, "\(holding.name)")
        }
        #expect(reconciliation.missing == [])
    }

    @Test func `what the records have and the target does not is missing, in order`() {
        var reconciliation = TargetReconciliation(
            records: [record("z"), record("b"), record("a"), record("busy")],
            underWork: [DeviceID(trusted: "d-busy")])
        _ = reconciliation.judge(held(.enrollment, "b"), isKnown: false)
        // A record of registrations lets nobody in.
        _ = reconciliation.judge(held(.registration, "a"), isKnown: false)
        #expect(reconciliation.missing.map(\.name) == ["a", "z"])
    }

    @Test func `a device of a group is there while its group is`() {
        let records = [record("a", group: "meters"), record("b", group: "lamps")]
        var reconciliation = TargetReconciliation(records: records, underWork: [])
        #expect(reconciliation.judge(held(.group, "meters"), isKnown: false) == .known)
        #expect(reconciliation.judge(held(.group, "other"), isKnown: false) == .foreign)
        #expect(reconciliation.missing.map(\.name) == ["b"])
    }

    @Test func `a person is to look at what is missing, left over or exchanged`() {
        let cases = TargetReconciliation.Verdict.allCases.filter(\.needsPerson)
        #expect(cases == [.missing, .leftover, .exchanged])
    }
}
