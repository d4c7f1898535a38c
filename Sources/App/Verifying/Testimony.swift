import CommandTable
import Model
import Store

/// What came of asking a witness; it is kept in an operation.
struct Testimony {
    var operation: OperationID
    /// `nil` while the answer is awaited.
    var verify: OperationBody.Verify?
    /// How far the operation is, for a script.
    var code: ExitCode

    /// What is known now of the answer to a question for the target.
    init(to question: OperationID, code: ExitCode, in store: Store) async throws {
        operation = question
        verify = try await store.entry(question)?.receipt?.verification
        self.code = code
    }

    init(_ verify: OperationBody.Verify, in operation: OperationID, code: ExitCode) {
        self.operation = operation
        self.verify = verify
        self.code = code
    }
}
