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
        let (_, registrar) = try await companion.session()
        let tenant: TenantID =
            if let known = device.tenant { known } else { try await Place(companion, registrar).tenant() }
        let id = try await Settling(companion: companion).add(body, to: device, tenant: tenant)
        return try await SendingAfterwards(companion).run([id])
    }
}
