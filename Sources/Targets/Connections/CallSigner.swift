import HTTPClient
import Model
import TargetCore

/// Makes a call of a target into bytes on the wire, proving the registrar. One for each way of proving.
protocol CallSigner: Sendable {
    func signed(_ call: CloudCall, at now: Timestamp) async throws(TargetError) -> HTTPCall
}
