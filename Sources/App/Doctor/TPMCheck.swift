import Credentials
import Model

/// What `muster doctor` says of the machine's TPM.
enum TPMCheck {
    /// Whether there is one, whether it can be used, and how it stands with wrong PINs.
    static func check(_ context: CommandContext) -> DoctorCheck {
        do {
            let tpm = try TPMChoice.tpm(context)
            return check(try tpm.standing(), at: tpm.address)
        } catch TPMError.noTPM(let address) {
            // Most machines have none, and nothing stands still for it.
            return DoctorCheck(
                check: "tpm", verdict: .good, says: "none at \(address); keys are kept without one")
        } catch {
            return DoctorCheck(
                check: "tpm", verdict: .warning, says: error.explanation.what,
                nextStep: error.explanation.nextStep)
        }
    }

    private static func check(_ standing: TPMStanding, at address: TPMAddress) -> DoctorCheck {
        guard !standing.isLockedOut else {
            let error = TPMError.lockedOut(secondsPerTry: standing.secondsPerTry)
            return DoctorCheck(
                check: "tpm", verdict: .warning, says: error.explanation.what,
                nextStep: error.explanation.nextStep)
        }
        let pace = standing.secondsPerTry.map { ", one forgotten every \($0) s" } ?? ""
        return DoctorCheck(
            check: "tpm", verdict: .good,
            says:
                "\(standing.maker) at \(address), \(standing.failedTries) of \(standing.mostTries) wrong PINs\(pace)"
        )
    }
}
