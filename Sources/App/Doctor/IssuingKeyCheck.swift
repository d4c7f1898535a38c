import Model
import Registrar

/// Where the key is by which the registrar within this program issues, and whether it can be used now. That of another registrar
/// is looked at there, with `muster-registrar status`.
enum IssuingKeyCheck {
    /// Has the key sign; `nil` where there is no registrar.
    static func check(_ companion: Companion) async -> DoctorCheck? {
        let embedded = EmbeddedRegistrar(companion)
        do {
            guard try Registrar.exists(directory: embedded.directory) else { return nil }
            let isSealed = try Registrar.areKeysSealed(directory: embedded.directory)
            return check(try await embedded.open().standing(), isSealed: isSealed)
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
