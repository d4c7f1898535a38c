import CommandTable
import Model
import Store

/// `muster release` and `muster note`: operations about a device that is known.
struct DeviceOperationCommand {
    let companion: Companion

    func run(_ word: String) async throws -> ExitCode {
        let invocation = companion.context.invocation
        let device = try await companion.device(invocation.arguments[0])
        let body: OperationBody
        if word == "release" {
            guard let reason = invocation.value("reason"), reason.contains(where: { !$0.isWhitespace }) else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was released: a reason is needed.",
                    "Add --reason 'why the device is given up'.")
            }
            body = .release(OperationBody.Release(reason: reason))
        } else {
            body = .note(OperationBody.Note(text: invocation.arguments[1]))
        }
        let (session, registrar) = try await companion.session()
        let tenant: TenantID =
            if let known = device.tenant { known } else { try await Place(companion, registrar).tenant() }
        let id = companion.surroundings.makeOperationID()
        let intent = Intent(
            body: body, tenant: tenant, site: device.site, lane: device.lane, baseVersion: nil,
            operatorID: session.operatorID, capturedAt: try await companion.captureTime(),
            summary: Summary.of(body, device: device.identity.displayName), registrar: registrar.registrar)
        try await companion.store.accept([(id, intent)], at: companion.surroundings.now())
        return try await SendingAfterwards(companion).run([id])
    }
}
