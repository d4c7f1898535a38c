import Foundation
package import Processes

/// What a program left behind.
package struct Finished {
    package var code: Int32?
    package var output: String
    package var errors: String

    package init(_ run: CapturedRun) {
        if case .exited(let code) = run.status { self.code = code }
        output = run.outputText
        errors = run.errorsText
    }

    /// Itself, where it ended with 0.
    package var succeeded: Finished {
        get throws {
            guard code == 0 else {
                throw ProgramFailure(description: "ended with \(code ?? -1): \(output)\(errors)")
            }
            return self
        }
    }

    /// The output as JSON Lines.
    package var objects: [[String: Any]] {
        get throws {
            try output.split(separator: "\n").map { line in
                let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                guard let object = value as? [String: Any] else {
                    throw ProgramFailure(description: "no JSON object: \(line)")
                }
                return object
            }
        }
    }
}

/// A program did not behave as far as a test can go on with it.
package struct ProgramFailure: Error, CustomStringConvertible {
    package var description: String

    package init(description: String) {
        self.description = description
    }
}
