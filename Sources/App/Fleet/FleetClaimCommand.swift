import CommandTable
import Model
import Store
import Wire

/// `muster fleet claim`: asks the registrar for a claim certificate with the device at hand. It is for now or not at all, so
/// nothing of it is saved for later.
struct FleetClaimCommand {
    let companion: Companion

    private var invocation: Invocation { companion.context.invocation }

    func run() async throws -> ExitCode {
        let files = try ClaimFiles(invocation)
        let device = try await companion.device(invocation.arguments[0])
        guard let id = device.deviceID else {
            throw CommandFailure(
                .failed, "fleet_device_unconfirmed",
                "Nothing was asked: the registrar has not confirmed \(device.identity.displayName) yet.",
                "Claim it with `muster commission` and run `muster sync`; then ask again.")
        }
        let wish = ClaimWish(
            target: try ProvisionChoice.target(invocation), template: invocation.value("template"))
        let client = try await CompanionRegistrars(companion).client()
        let claim: ProvisioningClaim
        do { claim = try await client.post(wish, to: .provisioningClaim(id)) } catch let failure
            as CommandFailure where failure.exitCode == .savedNotConfirmed
        {
            throw CommandFailure(
                .unavailable, "fleet_claim_offline",
                "No claim was made: the registrar is not reached, and a claim is good for five minutes only, so "
                    + "none is asked for later.",
                "Ask again where there is a network, with the device at hand.")
        }
        try files.write(claim, companion.console, at: companion.surroundings.now())
        return .done
    }
}
