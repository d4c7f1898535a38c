package import Model

/// What the companion asks of a device. In JSON: `{"ask": "put", "put": {…}, "seq": 7}`.
///
/// Asking the same twice does nothing twice, so that an answer which was lost is asked for again.
package enum Ask: Equatable, Sendable {
    /// Say who you are.
    case hello
    /// Give the certificate request of your key, with a signature over the nonce.
    case request(Nonce)
    /// Make room for this bundle; say from where on each part is missing.
    case offer(Offer)
    /// Keep these bytes of a part, of which the manifest is the first.
    case put(Chunk)
    /// Check the whole bundle and show that every byte is there. What is in use stays in use.
    case verify(Named)
    /// Work with this bundle from now on.
    case activate(Named)
    /// Prove that you do.
    case confirm(Named)
    /// Say when and where you have connected last, with a signature over the nonce.
    case connection(Nonce)

    package enum Kind: String, Codable, CaseIterable, Sendable {
        case hello, request, offer, put, verify, activate, confirm, connection
    }

    package struct Nonce: Codable, Equatable, Sendable {
        /// 32 bytes in base64url.
        package var nonce: String

        package init(_ nonce: [UInt8]) {
            self.nonce = Base64.encodeURL(nonce)
        }
    }

    package struct Offer: Codable, Equatable, Sendable {
        package var bundle: PayloadHash
        /// Of the manifest, which is brought first; its SHA-256 is the bundle.
        package var sizeBytes: Int

        package init(bundle: PayloadHash, sizeBytes: Int) {
            self.bundle = bundle
            self.sizeBytes = sizeBytes
        }
    }

    package struct Chunk: Codable, Equatable, Sendable {
        package var bundle: PayloadHash
        package var part: BundleManifest.PartName
        package var offset: Int
        package var length: Int
        /// Of the chunk's bytes.
        package var sha256: PayloadHash
        /// Base64.
        package var data: String

        package init(
            bundle: PayloadHash, part: BundleManifest.PartName, offset: Int, bytes: [UInt8],
            digest: DigestFunction
        ) {
            self.bundle = bundle
            self.part = part
            self.offset = offset
            length = bytes.count
            sha256 = PayloadHash(digest: digest(bytes))
            data = Base64.encode(bytes)
        }

        /// The bytes, when they are as long as said and fit their hash.
        package func bytes(digest: DigestFunction) -> [UInt8]? {
            guard let bytes = Base64.decode(data), bytes.count == length,
                PayloadHash(digest: digest(bytes)) == sha256
            else { return nil }
            return bytes
        }
    }

    /// A bundle by its name, with a nonce that the answer is about.
    package struct Named: Codable, Equatable, Sendable {
        package var bundle: PayloadHash
        package var nonce: String

        package init(_ bundle: PayloadHash, nonce: [UInt8]) {
            self.bundle = bundle
            self.nonce = Base64.encodeURL(nonce)
        }
    }

    package var kind: Kind {
        switch self {
        case .hello: .hello
        case .request: .request
        case .offer: .offer
        case .put: .put
        case .verify: .verify
        case .activate: .activate
        case .confirm: .confirm
        case .connection: .connection
        }
    }
}

/// An ask with its number, which the answer repeats.
package struct NumberedAsk: Equatable, Sendable {
    /// From 1 up within a session.
    package var sequence: Int
    package var ask: Ask

    package init(sequence: Int, ask: Ask) {
        self.sequence = sequence
        self.ask = ask
    }
}

extension NumberedAsk: Codable {
    private enum CodingKeys: String, CodingKey {
        case seq, ask, request, offer, put, verify, activate, confirm, connection
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        sequence = try container.decode(Int.self, forKey: .seq)
        switch try container.decode(Ask.Kind.self, forKey: .ask) {
        case .hello: ask = .hello
        case .request: ask = .request(try container.decode(Ask.Nonce.self, forKey: .request))
        case .offer: ask = .offer(try container.decode(Ask.Offer.self, forKey: .offer))
        case .put: ask = .put(try container.decode(Ask.Chunk.self, forKey: .put))
        case .verify: ask = .verify(try container.decode(Ask.Named.self, forKey: .verify))
        case .activate: ask = .activate(try container.decode(Ask.Named.self, forKey: .activate))
        case .confirm: ask = .confirm(try container.decode(Ask.Named.self, forKey: .confirm))
        case .connection: ask = .connection(try container.decode(Ask.Nonce.self, forKey: .connection))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sequence, forKey: .seq)
        try container.encode(ask.kind, forKey: .ask)
        switch ask {
        case .hello: break
        case .request(let body): try container.encode(body, forKey: .request)
        case .offer(let body): try container.encode(body, forKey: .offer)
        case .put(let body): try container.encode(body, forKey: .put)
        case .verify(let body): try container.encode(body, forKey: .verify)
        case .activate(let body): try container.encode(body, forKey: .activate)
        case .confirm(let body): try container.encode(body, forKey: .confirm)
        case .connection(let body): try container.encode(body, forKey: .connection)
        }
    }
}
