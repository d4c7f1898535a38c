import CommandTable
import Intake
import Model
import Processes
import Store

/// A command that ends without having done what was asked, with the exit code that says why.
struct CommandFailure: Explained, Equatable {
    var exitCode: ExitCode
    var explanation: Explanation

    init(_ exitCode: ExitCode, _ id: String, _ what: Sentence, _ nextStep: String) {
        self.exitCode = exitCode
        explanation = Explanation(id: id, what: what, nextStep: nextStep)
    }

    init(_ exitCode: ExitCode, _ explanation: Explanation) {
        self.exitCode = exitCode
        self.explanation = explanation
    }

    /// The failure that an explanation amounts to.
    init(_ explanation: Explanation) {
        self.init(Self.exitCode(of: explanation.id), explanation)
    }

    /// The failure that any error of the program amounts to.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as UsageError: self.init(.usage, error.explanation)
        case StoreError.system(let error):
            // Whatever stands in the way of the store's own directory: nothing can be saved.
            self.init(.cannotWrite, error.explanation)
        case let error as IntakeError: self.init(.badInput, error.explanation)
        case let error as any Explained:
            self.init(error.explanation)
        case let error as DecodingError:
            self.init(
                .badInput, "json_malformed", "The JSON could not be read: \(Self.words(of: error)).",
                "Correct the place named and run the command again.")
        default:
            self.init(
                .failed, "internal", "Something failed that has no explanation: \(error).",
                "Report this to support with what you did.")
        }
    }

    /// Which exit code an explanation's id stands for; `failed` for those that are no special kind.
    private static func exitCode(of id: String) -> ExitCode {
        switch id {
        case "store_full", "store_read_only", "store_cannot_open", "store_newer", "disk_full":
            .cannotWrite
        case "not_authorised", "signed_out", "camera_not_permitted", "path_not_permitted",
            "vault_locked", "vault_passphrase_wrong", "vault_waits", "vault_closed", "tpm_not_permitted",
            "tpm_wrong_pin", "tpm_pin_used_up", "tpm_locked":
            .notPermitted
        case "path_missing", "scan_worker_missing", "camera_missing", "camera_none", "camera_busy",
            "camera_format", "camera_no_ffmpeg", "library_missing", "device_silent", "link_lost",
            "link_unusable", "device_not_reached", "not_a_device", "tpm_library_missing", "tpm_missing",
            "tpm_silent", "tpm_no_endorsement_key":
            .unavailable
        case "camera_not_a_video", "other_device", "device_unnamed", "cloned_identity", "device_request",
            "console_profile", "device_not_trusted", "idevid_refused", "tpm_address", "tpm_key_file",
            "tpm_not_its_own", "tpm_sealed_for_another", "tpm_sealed_key_damaged", "tpm_key_blob",
            "device_key_in_tpm", "device_key_unusable":
            .badInput
        case "link_not_encrypted": .usage
        case "not_installed", "confirmation_false", "device_refused": .savedNeedsPerson
        default: .failed
        }
    }

    private static func words(of error: DecodingError) -> String {
        func place(_ path: [any CodingKey]) -> String {
            path.isEmpty ? "at the top" : "at " + path.map(\.stringValue).joined(separator: ".")
        }
        return switch error {
        case .keyNotFound(let key, let context):
            "`\(key.stringValue)` is missing \(place(context.codingPath))"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(context.debugDescription) \(place(context.codingPath))"
        case .dataCorrupted(let context): "\(context.debugDescription) \(place(context.codingPath))"
        @unknown default: "it is not as documented"
        }
    }
}
