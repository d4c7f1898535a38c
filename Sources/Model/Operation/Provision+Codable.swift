/// In JSON one of `certificateRequest`, `tpm` and `symmetricKey`, `keyOrigin` and `target` beside it.
extension OperationBody.Provision: Codable {
    private enum CodingKeys: String, CodingKey {
        case certificateRequest, tpm, symmetricKey, keyOrigin, target
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        keyOrigin = try container.decodeIfPresent(KeyOrigin.self, forKey: .keyOrigin)
        target = try container.decodeIfPresent(TargetID.self, forKey: .target)
        let request = try container.decodeIfPresent(String.self, forKey: .certificateRequest)
        let tpm = try container.decodeIfPresent(Attestation.TPMIdentity.self, forKey: .tpm)
        let wish = try container.decodeIfPresent(Attestation.SymmetricKeyWish.self, forKey: .symmetricKey)
        switch (request, tpm, wish) {
        case (let request?, nil, nil): attestation = .certificateRequest(request)
        case (nil, let identity?, nil): attestation = .tpm(identity)
        case (nil, nil, let wish?): attestation = .symmetricKey(wish)
        default:
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: container.codingPath,
                    debugDescription: "One of certificateRequest, tpm and symmetricKey is needed."))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch attestation {
        case .certificateRequest(let request): try container.encode(request, forKey: .certificateRequest)
        case .tpm(let identity): try container.encode(identity, forKey: .tpm)
        case .symmetricKey(let wish): try container.encode(wish, forKey: .symmetricKey)
        }
        try container.encodeIfPresent(keyOrigin, forKey: .keyOrigin)
        try container.encodeIfPresent(target, forKey: .target)
    }
}
