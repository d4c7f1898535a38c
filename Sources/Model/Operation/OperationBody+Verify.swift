extension OperationBody {
    /// What came of verifying the device's connection to its service, for its history: a proof, or why there is none; or the
    /// wish that the registrar find it out. In JSON one of `{"proof": {…}}`, `{"failure": {…}}` and `{"question": {…}}`.
    package enum Verify: Equatable, Sendable {
        case proven(ConnectionProof)
        case failed(ConnectionFailure)
        /// The registrar is to ask the device's target; the receipt says what came of it.
        case asked(ConnectionQuestion)

        /// The device that it is about.
        package var device: DeviceIdentifier {
            switch self {
            case .proven(let proof): proof.device
            case .failed(let failure): failure.device
            case .asked(let question): question.device
            }
        }

        /// `nil` while it is the target's to say.
        package var endpoint: String? {
            switch self {
            case .proven(let proof): proof.endpoint
            case .failed(let failure): failure.endpoint
            case .asked: nil
            }
        }

        package var witness: ConnectionProof.Witness {
            switch self {
            case .proven(let proof): proof.witness
            case .failed(let failure): failure.witness
            case .asked: .target
            }
        }

        /// Who says to have seen it; absent where nobody is named.
        package var operatorID: OperatorID? {
            switch self {
            case .proven(let proof): proof.operatorID
            case .failed(let failure): failure.operatorID
            case .asked(let question): question.operatorID
            }
        }

        package var isProven: Bool {
            if case .proven = self { true } else { false }
        }
    }
}

extension OperationBody.Verify: Codable {
    private enum CodingKeys: String, CodingKey {
        case proof, failure, question
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let proof = try container.decodeIfPresent(ConnectionProof.self, forKey: .proof)
        let failure = try container.decodeIfPresent(ConnectionFailure.self, forKey: .failure)
        let question = try container.decodeIfPresent(ConnectionQuestion.self, forKey: .question)
        switch (proof, failure, question) {
        case (let proof?, nil, nil): self = .proven(proof)
        case (nil, let failure?, nil): self = .failed(failure)
        case (nil, nil, let question?): self = .asked(question)
        default:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "a verification is one of a proof, a failure and a question"))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .proven(let proof): try container.encode(proof, forKey: .proof)
        case .failed(let failure): try container.encode(failure, forKey: .failure)
        case .asked(let question): try container.encode(question, forKey: .question)
        }
    }
}
