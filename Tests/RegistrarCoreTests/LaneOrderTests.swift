import Model
import RegistrarCore
import Testing

@Suite struct LaneOrderTests {
    private let own = Cast.device(tenant: Cast.acme)
    private let note = OperationBody.note(OperationBody.Note(text: "x"))

    private func decide(_ operation: Operation, _ lane: LaneRecord) -> Decision {
        Cast.decide(operation, given: Cast.records(own, lane: lane))
    }

    @Test func `two operations in one place of the sequence show a copied store`() {
        let decision = decide(Cast.operation(note), LaneRecord(rival: Cast.id(7)))
        #expect(decision.code == .operationMalformed && decision.refusal?.alarm == .copiedStore)
    }

    @Test func `a predecessor with other content shows a copied store`() {
        let named = Operation.Predecessor(
            operationID: Cast.id(7), payloadHash: PayloadHash(digest: [UInt8](repeating: 1, count: 32)))
        let lane = LaneRecord(predecessor: LaneRecord.Predecessor(payloadHash: .zero))
        let decision = decide(Cast.operation(note, sequence: 2, predecessor: named), lane)
        #expect(decision.refusal?.alarm == .copiedStore)
    }

    @Test func `an operation that comes after a later one took effect is refused`() {
        let lane = LaneRecord(furthestApplied: LaneRecord.Position(epoch: 1, sequence: 5))
        #expect(decide(Cast.operation(note, sequence: 4), lane).code == .staleVersion)
        #expect(decide(Cast.operation(note, sequence: 6), lane).effect != nil)
        #expect(decide(Cast.operation(note, sequence: 4, supersedes: Cast.id(3)), lane).effect != nil)
    }

    @Test func `an operation whose replacement took effect is refused`() {
        #expect(decide(Cast.operation(note), LaneRecord(supersededBy: Cast.id(7))).code == .staleVersion)
    }
}
