import CommandTable
import Model
import Store

/// `muster release`, `muster reprovision`, `muster revoke` and `muster note`: operations about a device that is known.
struct DeviceOperationCommand {
    let companion: Companion

    func run(_ word: String) async throws -> ExitCode {
        let device = try await companion.device(companion.context.invocation.arguments[0])
        let body = try body(word)
        let (_, registrar) = try await companion.session()
        let tenant: TenantID =
            if let known = device.tenant { known } else { try await Place(companion, registrar).tenant() }
        let id = try await Settling(companion: companion).add(body, to: device, tenant: tenant)
        return try await SendingAfterwards(companion).run([id])
    }

    private func body(_ word: String) throws -> OperationBody {
        let invocation = companion.context.invocation
        switch word {
        case "release":
            guard let reason = invocation.value("reason"), reason.contains(where: { !$0.isWhitespace }) else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was released: a reason is needed.",
                    "Add --reason 'why the device is given up'.")
            }
            return .release(OperationBody.Release(reason: reason))
        case "reprovision":
            return .reprovision(
                OperationBody.Reprovision(target: try ProvisionChoice.target(invocation)))
        case "revoke":
            guard let reason = invocation.value("reason").flatMap(RevocationReason.init) else {
                throw CommandFailure(
                    .usage, "usage", "Nothing was revoked: a reason is needed.",
                    "Add --reason keyCompromise, or another of `muster revoke --help`.")
            }
            return .revoke(OperationBody.Revoke(reason: reason, text: invocation.value("text")))
        default: return .note(OperationBody.Note(text: invocation.arguments[1]))
        }
    }
}
