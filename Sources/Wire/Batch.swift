package import Model

/// A batch of operations on their way: the body of `POST /v1/operations`.
package struct Submission: Codable, Equatable, Sendable {
    package var operations: [Item]

    package init(operations: [Item]) {
        self.operations = operations
    }

    package struct Item: Codable, Equatable, Sendable {
        package var operationID: OperationID
        /// The frozen bytes of the operation in base64url.
        package var payload: String
        /// That of the operator who acted; absent for operations from before there were keys.
        package var signature: OperationSignature?

        package init(_ operation: FrozenOperation, signature: OperationSignature? = nil) {
            operationID = operation.operation.operationID
            payload = Base64.encodeURL(operation.payload)
            self.signature = signature
        }

        package init(operationID: OperationID, payload: String, signature: OperationSignature? = nil) {
            self.operationID = operationID
            self.payload = payload
            self.signature = signature
        }
    }
}

/// The answers to a batch, one for each operation of it, in its order. A batch with refusals is still status 200.
package struct SubmissionReply: Codable, Equatable, Sendable {
    package var results: [OperationResult]
    package var serverTime: Timestamp

    package init(results: [OperationResult], serverTime: Timestamp) {
        self.results = results
        self.serverTime = serverTime
    }
}

/// What became of one operation: a signed receipt, or a problem. Never both, never neither.
package struct OperationResult: Codable, Equatable, Sendable {
    package var operationID: OperationID
    /// JWS in compact form; see `Receipt`.
    package var receipt: String?
    package var problem: Problem?

    package init(operationID: OperationID, receipt: String) {
        self.operationID = operationID
        self.receipt = receipt
    }

    package init(operationID: OperationID, problem: Problem) {
        self.operationID = operationID
        self.problem = problem
    }
}
