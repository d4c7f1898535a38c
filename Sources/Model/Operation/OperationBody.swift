/// What an operation wants, by kind. In JSON: `{"kind": "claim", "claim": {…}}`.
package enum OperationBody: Equatable, Sendable {
    case claim(Claim)
    case place(Place)
    case provision(Provision)
    case reprovision(Reprovision)
    case release(Release)
    case revoke(Revoke)
    case verify(Verify)
    case note(Note)

    package enum Kind: String, Codable, CaseIterable, Sendable {
        case claim, place, provision, reprovision, release, revoke, verify, note
    }

    package var kind: Kind {
        switch self {
        case .claim: .claim
        case .place: .place
        case .provision: .provision
        case .reprovision: .reprovision
        case .release: .release
        case .revoke: .revoke
        case .verify: .verify
        case .note: .note
        }
    }

    /// Make the device the tenant's, at a site when one is named.
    package struct Claim: Codable, Equatable, Sendable {
        package var identity: DeviceIdentity
        /// Where the label held a claim code or another secret: sealed, so that only the registrar reads it.
        package var sealedSecrets: SealedBox?

        package init(identity: DeviceIdentity, sealedSecrets: SealedBox? = nil) {
            self.identity = identity
            self.sealedSecrets = sealedSecrets
        }
    }

    /// Put the device at a site and, when given, a position such as `rack 3 / slot 7`.
    package struct Place: Codable, Equatable, Sendable {
        package var site: SiteID
        package var position: String?

        package init(site: SiteID, position: String? = nil) {
            self.site = site
            self.position = position
        }
    }

    /// Have the device let in where it belongs: a certificate for its key, or what else it proves itself by there.
    package struct Provision: Equatable, Sendable {
        package var attestation: Attestation
        /// How the key was made, by the word of the operator who signs the operation; absent in older ones.
        package var keyOrigin: KeyOrigin?
        /// Where to; `nil` lets the registrar's placement decide.
        package var target: TargetID?

        package init(attestation: Attestation, keyOrigin: KeyOrigin? = nil, target: TargetID? = nil) {
            self.attestation = attestation
            self.keyOrigin = keyOrigin
            self.target = target
        }

        /// `certificateRequest` is DER in base64.
        package init(certificateRequest: String, keyOrigin: KeyOrigin? = nil, target: TargetID? = nil) {
            self.init(
                attestation: .certificateRequest(certificateRequest), keyOrigin: keyOrigin, target: target)
        }

        /// How the key was made: as it is said, or as it follows from what the device proves itself by.
        package var impliedOrigin: KeyOrigin? {
            switch attestation {
            case .certificateRequest: keyOrigin
            case .tpm: keyOrigin ?? .tpm
            case .symmetricKey: keyOrigin ?? .made
            }
        }

        /// DER in base64, when a certificate is wanted.
        package var certificateRequest: String? {
            if case .certificateRequest(let request) = attestation { request } else { nil }
        }
    }

    /// Let the device in somewhere else, with what it proves itself by now; the old place keeps it until it is proven at
    /// the new one.
    package struct Reprovision: Codable, Equatable, Sendable {
        /// Where to; `nil` asks the registrar's placement anew.
        package var target: TargetID?

        package init(target: TargetID? = nil) {
            self.target = target
        }
    }

    /// Give the device up: it is nobody's afterwards, and its certificate is no longer its tenant's.
    package struct Release: Codable, Equatable, Sendable {
        package var reason: String

        package init(reason: String) {
            self.reason = reason
        }
    }

    /// Take trust back from every certificate of the device; it stays the tenant's.
    package struct Revoke: Codable, Equatable, Sendable {
        package var reason: RevocationReason
        /// What happened, for the history.
        package var text: String?

        package init(reason: RevocationReason, text: String? = nil) {
            self.reason = reason
            self.text = text
        }
    }

    package struct Note: Codable, Equatable, Sendable {
        package var text: String

        package init(text: String) {
            self.text = text
        }
    }
}

extension OperationBody: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, claim, place, provision, reprovision, release, revoke, verify, note
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        switch try container.decode(Kind.self, forKey: .kind) {
        case .claim: self = .claim(try container.decode(Claim.self, forKey: .claim))
        case .place: self = .place(try container.decode(Place.self, forKey: .place))
        case .provision: self = .provision(try container.decode(Provision.self, forKey: .provision))
        case .reprovision:
            self = .reprovision(try container.decode(Reprovision.self, forKey: .reprovision))
        case .release: self = .release(try container.decode(Release.self, forKey: .release))
        case .revoke: self = .revoke(try container.decode(Revoke.self, forKey: .revoke))
        case .verify: self = .verify(try container.decode(Verify.self, forKey: .verify))
        case .note: self = .note(try container.decode(Note.self, forKey: .note))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        switch self {
        case .claim(let body): try container.encode(body, forKey: .claim)
        case .place(let body): try container.encode(body, forKey: .place)
        case .provision(let body): try container.encode(body, forKey: .provision)
        case .reprovision(let body): try container.encode(body, forKey: .reprovision)
        case .release(let body): try container.encode(body, forKey: .release)
        case .revoke(let body): try container.encode(body, forKey: .revoke)
        case .verify(let body): try container.encode(body, forKey: .verify)
        case .note(let body): try container.encode(body, forKey: .note)
        }
    }
}

/// Bytes that only the holder of one private key can read (HPKE base mode, RFC 9180), each part in base64url.
///
/// The operation id is the associated data, so a box cannot be moved to another operation.
package struct SealedBox: Codable, Equatable, Sendable {
    package var keyID: String
    package var encapsulatedKey: String
    package var ciphertext: String

    package init(keyID: String, encapsulatedKey: String, ciphertext: String) {
        self.keyID = keyID
        self.encapsulatedKey = encapsulatedKey
        self.ciphertext = ciphertext
    }

    /// The HPKE `info` of label secrets.
    package static let labelSecretsInfo = "muster label secrets v1"
}
