extension OperationBody {
    /// What came of verifying the device's connection to its service, for its history: a proof, or why there is none. In JSON
    /// either `{"proof": {…}}` or `{"failure": {…}}`.
    package enum Verify: Equatable, Sendable {
        case proven(ConnectionProof)
        case failed(ConnectionFailure)

        /// The device that it is about.
        package var device: DeviceIdentifier {
            switch self {
            case .proven(let proof): proof.device
            case .failed(let failure): failure.device
            }
        }

        package var endpoint: String {
            switch self {
            case .proven(let proof): proof.endpoint
            case .failed(let failure): failure.endpoint
            }
        }

        package var witness: ConnectionProof.Witness {
            switch self {
            case .proven(let proof): proof.witness
            case .failed(let failure): failure.witness
            }
        }

        /// Who says to have seen it; absent where nobody is named.
        package var operatorID: OperatorID? {
            switch self {
            case .proven(let proof): proof.operatorID
            case .failed(let failure): failure.operatorID
            }
        }

        package var isProven: Bool {
            if case .proven = self { true } else { false }
        }
    }
}

extension OperationBody.Verify: Codable {
    private enum CodingKeys: String, CodingKey {
        case proof, failure
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let proof = try container.decodeIfPresent(ConnectionProof.self, forKey: .proof)
        let failure = try container.decodeIfPresent(ConnectionFailure.self, forKey: .failure)
        switch (proof, failure) {
        case (let proof?, nil): self = .proven(proof)
        case (nil, let failure?): self = .failed(failure)
        case (nil, nil), (_?, _?):
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath,
                    debugDescription: "a verification has either a proof or a failure"))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .proven(let proof): try container.encode(proof, forKey: .proof)
        case .failed(let failure): try container.encode(failure, forKey: .failure)
        }
    }
}
