import HandOver
import Model

/// One step of a hand-over for scripts.
struct HandOverLine: Encodable {
    var device: DeviceIdentifier
    var handOver: String
    var link: String
    var linkEvidence: LinkEvidence?
    var state: HandOverState
    var keyProof: HandOverRecord.Check
    var idevid: HandOverRecord.Check?
    var detail: String?
    var bundle: PayloadHash?
    var operation: OperationID?
}
