package import Model

/// What a device answers. In JSON: `{"answer": "progress", "progress": {…}, "re": 7}`.
package enum Answer: Equatable, Sendable {
    case hello(DeviceAnnouncement)
    case request(SignedRequest)
    /// To an offer and to a chunk.
    case progress(Progress)
    /// To `verify`.
    case contents(Contents)
    /// To `activate`.
    case active(Active)
    /// To `confirm`.
    case proof(InstallationProof)
    case connection(LastConnection)
    case refusal(Refusal)
    /// A line arrived damaged; ask again. It has the number 0.
    case again

    package enum Kind: String, Codable, CaseIterable, Sendable {
        case hello, request, progress, contents, active, proof, connection, refusal, again
    }

    /// How many bytes of each part the device keeps already.
    package struct Progress: Codable, Equatable, Sendable {
        package var bundle: PayloadHash
        /// By the part's name.
        package var kept: [String: Int]

        package init(bundle: PayloadHash, kept: [BundleManifest.PartName: Int]) {
            self.bundle = bundle
            self.kept = Dictionary(uniqueKeysWithValues: kept.map { ($0.key.rawValue, $0.value) })
        }

        package func kept(_ part: BundleManifest.PartName) -> Int { kept[part.rawValue] ?? 0 }
    }

    package struct Contents: Codable, Equatable, Sendable {
        /// Over the nonce of the ask and every byte of the bundle.
        package var contents: PayloadHash

        package init(contents: PayloadHash) {
            self.contents = contents
        }
    }

    package struct Active: Codable, Equatable, Sendable {
        package var bundle: PayloadHash

        package init(bundle: PayloadHash) {
            self.bundle = bundle
        }
    }

    package struct Refusal: Codable, Equatable, Sendable {
        package enum Code: String, Codable, CaseIterable, Sendable {
            case unknownAsk = "unknown_ask"
            case manifestUnreadable = "manifest_unreadable"
            /// The chunk does not begin where the device's copy ends, or does not fit its hash.
            case chunkMisplaced = "chunk_misplaced"
            case chunkDamaged = "chunk_damaged"
            case bundleUnknown = "bundle_unknown"
            case bundleIncomplete = "bundle_incomplete"
            /// The certificate is for another key, or does not lead to the root that comes with it.
            case certificateUnfit = "certificate_unfit"
            case noRoom = "no_room"
            case failed
        }

        package var code: Code
        package var what: String

        package init(_ code: Code, _ what: String) {
            self.code = code
            self.what = what
        }
    }

    package var kind: Kind {
        switch self {
        case .hello: .hello
        case .request: .request
        case .progress: .progress
        case .contents: .contents
        case .active: .active
        case .proof: .proof
        case .connection: .connection
        case .refusal: .refusal
        case .again: .again
        }
    }
}

/// A device's certificate request, and that it has the key now.
package struct SignedRequest: Codable, Equatable, Sendable {
    /// PKCS #10, DER in base64.
    package var request: String
    /// Over `ProofMessage.request`, base64; `nil` where the link cannot ask.
    package var signature: String?
    /// Over `ProofMessage.identity`, by the key of the IDevID, base64; `nil` for a device without one.
    package var identitySignature: String?

    package init(request: [UInt8], signature: [UInt8]?, identitySignature: [UInt8]? = nil) {
        self.request = Base64.encode(request)
        self.signature = signature.map { Base64.encode($0) }
        self.identitySignature = identitySignature.map { Base64.encode($0) }
    }
}

/// A device's word, signed with its key, that it works with a bundle.
package struct InstallationProof: Codable, Equatable, Sendable {
    package var bundle: PayloadHash
    /// 32 bytes in base64url: of the ask, or of the manifest where the link cannot ask.
    package var nonce: String
    package var contents: PayloadHash
    /// Over `ProofMessage.confirmation`, base64.
    package var signature: String

    package init(bundle: PayloadHash, nonce: [UInt8], contents: PayloadHash, signature: [UInt8]) {
        self.bundle = bundle
        self.nonce = Base64.encodeURL(nonce)
        self.contents = contents
        self.signature = Base64.encode(signature)
    }
}

/// When and where a device has connected last, by its own signed word; without any of it where it never has.
package struct LastConnection: Codable, Equatable, Sendable {
    /// As `ServiceEndpoint` writes it.
    package var endpoint: String?
    /// By the device's clock.
    package var connectedAt: Timestamp?
    /// SHA-256 of the certificate that its service took.
    package var certificate: PayloadHash?
    /// Over `DeviceStatement.message`, base64.
    package var signature: String?

    package init(
        endpoint: String? = nil, connectedAt: Timestamp? = nil, certificate: PayloadHash? = nil,
        signature: [UInt8]? = nil
    ) {
        self.endpoint = endpoint
        self.connectedAt = connectedAt
        self.certificate = certificate
        self.signature = signature.map { Base64.encode($0) }
    }
}

/// An answer with the number of the ask that it answers.
package struct NumberedAnswer: Equatable, Sendable {
    package var sequence: Int
    package var answer: Answer

    package init(sequence: Int, answer: Answer) {
        self.sequence = sequence
        self.answer = answer
    }
}

extension NumberedAnswer: Codable {
    private enum CodingKeys: String, CodingKey {
        case re, answer, hello, request, progress, contents, active, proof, connection, refusal
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sequence = try container.decode(Int.self, forKey: .re)
        switch try container.decode(Answer.Kind.self, forKey: .answer) {
        case .hello: answer = .hello(try container.decode(DeviceAnnouncement.self, forKey: .hello))
        case .request: answer = .request(try container.decode(SignedRequest.self, forKey: .request))
        case .progress: answer = .progress(try container.decode(Answer.Progress.self, forKey: .progress))
        case .contents: answer = .contents(try container.decode(Answer.Contents.self, forKey: .contents))
        case .active: answer = .active(try container.decode(Answer.Active.self, forKey: .active))
        case .proof: answer = .proof(try container.decode(InstallationProof.self, forKey: .proof))
        case .connection:
            answer = .connection(try container.decode(LastConnection.self, forKey: .connection))
        case .refusal: answer = .refusal(try container.decode(Answer.Refusal.self, forKey: .refusal))
        case .again: answer = .again
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sequence, forKey: .re)
        try container.encode(answer.kind, forKey: .answer)
        switch answer {
        case .hello(let body): try container.encode(body, forKey: .hello)
        case .request(let body): try container.encode(body, forKey: .request)
        case .progress(let body): try container.encode(body, forKey: .progress)
        case .contents(let body): try container.encode(body, forKey: .contents)
        case .active(let body): try container.encode(body, forKey: .active)
        case .proof(let body): try container.encode(body, forKey: .proof)
        case .connection(let body): try container.encode(body, forKey: .connection)
        case .refusal(let body): try container.encode(body, forKey: .refusal)
        case .again: break
        }
    }
}
