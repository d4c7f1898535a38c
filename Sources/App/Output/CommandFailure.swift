import CommandTable
import Intake
import Model

/// A command that ends without having done what was asked, with the exit code that says why.
struct CommandFailure: Explained, Equatable {
    var exitCode: ExitCode
    var explanation: Explanation

    init(_ exitCode: ExitCode, _ id: String, _ what: String, _ nextStep: String) {
        self.exitCode = exitCode
        explanation = Explanation(id: id, what: what, nextStep: nextStep)
    }

    init(_ exitCode: ExitCode, _ explanation: Explanation) {
        self.exitCode = exitCode
        self.explanation = explanation
    }

    /// The failure that any error of the program amounts to.
    init(_ error: any Error) {
        switch error {
        case let failure as CommandFailure: self = failure
        case let error as UsageError: self.init(.usage, error.explanation)
        case let error as IntakeError: self.init(.badInput, error.explanation)
        case let error as any Explained:
            self.init(Self.exitCode(of: error.explanation.id), error.explanation)
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
        case "store_full", "store_read_only", "store_cannot_open", "store_newer", "disk_full",
            "not_permitted":
            .cannotWrite
        case "not_authorised", "signed_out": .notPermitted
        case "missing", "worker_missing", "library_missing": .unavailable
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
