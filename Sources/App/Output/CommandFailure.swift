import CommandTable
import Intake
import Model
import Processes
import Store

/// A command that ends without having done what was asked, with the exit code that says why.
struct CommandFailure: Explained, Equatable {
    var exitCode: ExitCode
    var explanation: Explanation
    /// What a registrar answered, where that is why.
    var problem: Problem?

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
        self.init(ExitCode(explanation.kind), explanation)
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

extension ExitCode {
    init(_ kind: Explanation.Kind) {
        self =
            switch kind {
            case .failed: .failed
            case .usage: .usage
            case .badInput: .badInput
            case .unavailable: .unavailable
            case .cannotWrite: .cannotWrite
            case .notPermitted: .notPermitted
            case .needsPerson: .savedNeedsPerson
            }
    }
}
