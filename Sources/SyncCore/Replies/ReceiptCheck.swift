package import Model
package import Wire

/// A receipt that counts: the registrar's signature holds, and it names the operation and the content that was sent.
package struct VerifiedReceipt: Codable, Equatable, Sendable {
    package var receipt: Receipt
    /// The JWS in compact form, kept as evidence.
    package var text: String

    package init(receipt: Receipt, text: String) {
        self.receipt = receipt
        self.text = text
    }
}

/// What a registrar said of one operation, after its receipt was checked.
package enum OperationVerdict: Equatable, Sendable {
    case receipt(VerifiedReceipt)
    case problem(Problem)
    /// A receipt that does not count.
    case notBelieved(ReceiptFault)
    /// The answer leaves the operation out, or says nothing of it.
    case missing
}

/// Decides whether a receipt counts. Nothing else in Muster makes an operation `applied`.
package struct ReceiptCheck: Sendable {
    private let registrar: RegistrarID
    /// Gives the payload of a JWS of type `muster-receipt` whose signature one of the registrar's pinned keys verifies;
    /// `nil` for any other text.
    private let verify: @Sendable (String) -> [UInt8]?

    package init(registrar: RegistrarID, verify: @escaping @Sendable (String) -> [UInt8]?) {
        self.registrar = registrar
        self.verify = verify
    }

    /// The verdict of one result; `payloadHash` is that of the bytes that this store froze.
    package func verdict(
        _ result: OperationResult, operationID: OperationID, payloadHash: PayloadHash
    ) -> OperationVerdict {
        guard result.operationID == operationID else { return .missing }
        switch (result.receipt, result.problem) {
        case (.some(let text), nil):
            return verdict(receipt: text, operationID: operationID, payloadHash: payloadHash)
        case (nil, .some(let problem)): return .problem(problem)
        case (.some, .some): return .notBelieved(.unreadable)
        case (nil, nil): return .missing
        }
    }

    /// The verdicts of a batch: one for each operation that was sent, whatever the reply holds besides.
    package func verdicts(
        _ reply: SubmissionReply, sent: [OperationID: PayloadHash]
    ) -> [OperationID: OperationVerdict] {
        var verdicts = sent.mapValues { _ in OperationVerdict.missing }
        for result in reply.results {
            guard let payloadHash = sent[result.operationID], verdicts[result.operationID] == .missing else {
                continue
            }
            verdicts[result.operationID] = verdict(
                result, operationID: result.operationID, payloadHash: payloadHash)
        }
        return verdicts
    }

    private func verdict(
        receipt text: String, operationID: OperationID, payloadHash: PayloadHash
    ) -> OperationVerdict {
        guard let payload = verify(text) else { return .notBelieved(.signature) }
        guard let receipt = try? CanonicalJSON.decode(Receipt.self, from: payload) else {
            return .notBelieved(.unreadable)
        }
        guard receipt.registrar == registrar else { return .notBelieved(.otherRegistrar) }
        guard receipt.operationID == operationID else { return .notBelieved(.otherOperation) }
        guard receipt.payloadHash == payloadHash else { return .notBelieved(.otherPayload) }
        return .receipt(VerifiedReceipt(receipt: receipt, text: text))
    }
}
