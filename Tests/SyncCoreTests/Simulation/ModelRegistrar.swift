import Model
import SyncCore

/// A registrar reduced to its promises: one effect for each operation id, order within a lane, stable refusals.
struct ModelRegistrar {
    static let id = RegistrarID(trusted: "main")

    /// Operations that took effect, in order, with how often the effect ran.
    private(set) var effects: [OperationID: Int] = [:]
    private(set) var appliedOfLane: [DeviceIdentifier: [Int]] = [:]
    private(set) var refused: Set<OperationID> = []
    /// Operations that arrived before their predecessor took effect.
    private(set) var outOfOrder = 0
    /// Operations that arrived although their receipt had been recorded by the sender.
    var unknownDevices: Set<DeviceIdentifier> = []
    var refusedDevices: Set<DeviceIdentifier> = []

    mutating func receive(_ operation: ModelOperation) -> OperationVerdict {
        if effects[operation.id] != nil { return .receipt(Self.receipt(operation)) }
        if refused.contains(operation.id) { return .problem(Problem(.claimedByAnotherTenant)) }
        guard appliedOfLane[operation.lane, default: []].count == operation.sequence - 1 else {
            outOfOrder += 1
            return .problem(Problem(.predecessorMissing))
        }
        if unknownDevices.contains(operation.lane) { return .problem(Problem(.unknownDevice)) }
        if refusedDevices.contains(operation.lane) {
            refused.insert(operation.id)
            return .problem(Problem(.claimedByAnotherTenant))
        }
        effects[operation.id, default: 0] += 1
        appliedOfLane[operation.lane, default: []].append(operation.sequence)
        return .receipt(Self.receipt(operation))
    }

    func status(of operation: ModelOperation) -> OperationVerdict {
        if effects[operation.id] != nil { return .receipt(Self.receipt(operation)) }
        if refused.contains(operation.id) { return .problem(Problem(.claimedByAnotherTenant)) }
        return .problem(Problem(.operationUnknown))
    }

    private static func receipt(_ operation: ModelOperation) -> VerifiedReceipt {
        VerifiedReceipt(
            receipt: Receipt(
                registrar: id, operationID: operation.id, payloadHash: .zero, outcome: .claimed,
                deviceID: DeviceID(trusted: "d"), deviceVersion: operation.sequence,
                appliedAt: Timestamp(milliseconds: 0), receiptSequence: 1, auditHead: .zero),
            text: "receipt of \(operation.id)")
    }
}

/// An operation as far as the simulation needs one.
struct ModelOperation {
    var id: OperationID
    var lane: DeviceIdentifier
    var sequence: Int
    var operatorID: OperatorID
}
