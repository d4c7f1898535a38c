import CommandTable
import Model
import Store

/// Saves verifications and questions for them, and tries to send them.
struct VerificationOutbox {
    let companion: Companion
    /// Is told of the operation once it is saved, before it is sent.
    var saved: @Sendable (OperationID) -> Void = { _ in }

    func save(
        _ verify: OperationBody.Verify, of device: StoredDevice
    ) async throws -> (id: OperationID, code: ExitCode) {
        let (_, registrar) = try await companion.session()
        let tenant: TenantID =
            if let known = device.tenant { known } else { try await Place(companion, registrar).tenant() }
        let id = try await Settling(companion: companion).add(.verify(verify), to: device, tenant: tenant)
        saved(id)
        return (id, try await SendingAfterwards(companion).run([id]))
    }
}
