import Model
import Registrar

/// Where the key is by which the registrar within this program issues, and whether it can be used now. That of another registrar
/// is looked at there, with `muster-registrar status`.
enum IssuingKeyCheck {
    /// Has the key sign; `nil` where there is no registrar.
    static func check(_ companion: Companion, _ embedded: EmbeddedRegistrar.Opened) async -> DoctorCheck? {
        do {
            switch embedded {
            case .none: return nil
            case .open(let registrar):
                let directory = EmbeddedRegistrar(companion).directory
                let isSealed = try Registrar.areKeysSealed(directory: directory)
                return check(try await registrar.standing(), isSealed: isSealed)
            case .shut(let error): throw error
            }
        } catch VaultError.locked(let owner) {
            return check(
                .good,
                "the embedded registrar's lies in \(owner)'s vault; not tried, nor were its targets looked at",
                "Give the vault's passphrase with --passphrase-file.")
        } catch RegistrarError.keysSealed {
            return check(
                .warning,
                "the embedded registrar's lies under a passphrase that is not given here. \(meanwhile)",
                "Set MUSTER_PASSPHRASE_FILE to the file with the passphrase.")
        } catch {
            let explanation = CommandFailure(error).explanation
            return check(.warning, "\(explanation.what) \(meanwhile)", "\(explanation.nextStep)")
        }
    }

    private static let meanwhile =
        "Until it can be used no device gets a certificate; what needs one waits, all else is received."

    private static func check(_ standing: Registrar.Standing, isSealed: Bool) -> DoctorCheck {
        let seal = isSealed && standing.isIssuingKeyInFile ? ", under the passphrase" : ""
        let place = "the embedded registrar's is \(standing.issuingKey)\(seal)"
        guard let fault = standing.issuingKeyFault else { return check(.good, "\(place), and signs") }
        return check(.warning, "\(place). \(fault.what) \(meanwhile)", fault.nextStep)
    }

    private static func check(
        _ verdict: DoctorCheck.Verdict, _ says: String, _ nextStep: String? = nil
    ) -> DoctorCheck {
        DoctorCheck(check: "issuing-key", verdict: verdict, says: says, nextStep: nextStep)
    }
}
