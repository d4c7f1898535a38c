import Model

/// Whether an operation comes in its turn among those that the same store sent about the same device.
enum LaneOrder {
    static func refusal(of operation: Operation, _ lane: LaneRecord) -> Refusal? {
        if let rival = lane.rival {
            return Refusal(
                Problem(
                    .operationMalformed,
                    detail: "The store sent another operation, \(rival), in the same place of its sequence.",
                    nextStep: "This store looks like a copy of one in use, or was set back. Ask the desk."),
                alarm: .copiedStore)
        }
        if let named = operation.predecessor, let seen = lane.predecessor,
            seen.payloadHash != named.payloadHash
        {
            return Refusal(
                Problem(
                    .operationMalformed,
                    detail: "The operation before this one, \(named.operationID), has other content here."),
                alarm: .copiedStore)
        }
        if let newer = lane.supersededBy {
            return Refusal(
                Problem(.staleVersion, detail: "Operation \(newer) replaced this one and has taken effect."))
        }
        let position = LaneRecord.Position(
            epoch: operation.store.epoch, sequence: operation.laneSequence)
        if let furthest = lane.furthestApplied, position < furthest, operation.supersedes == nil {
            return Refusal(
                Problem(.staleVersion, detail: "A later operation of this device has taken effect already."))
        }
        return nil
    }

    /// Whether the operation names a predecessor that the registrar has never seen.
    static func waitsForPredecessor(_ operation: Operation, _ lane: LaneRecord) -> Bool {
        operation.predecessor != nil && lane.predecessor == nil
    }
}
