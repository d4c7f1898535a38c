/// The evidence that a device, or its principals, connected to a service: the one thing by which anything may say so.
package struct ConnectionProof: Codable, Equatable, Sendable {
    /// By whom it is known.
    package enum Witness: String, Codable, CaseIterable, Sendable {
        /// Muster connected with the device's own key and certificate.
        case musterWithDeviceKey
        /// Muster connected without them: nothing is known of the device.
        case muster
        /// The target says that it has seen the device.
        case target
        /// The device signed for it.
        case device
    }

    /// How far it went.
    package enum Extent: String, Codable, CaseIterable, Sendable {
        /// The service proved who it is; it took nobody's certificate.
        case endpoint
        /// The service took the device's certificate.
        case authenticated
        /// It also brought a message to the device's own subscription.
        case roundTrip

        /// In a word or two, for one line about a verification.
        package var words: String {
            switch self {
            case .endpoint: "service genuine"
            case .authenticated: "certificate taken"
            case .roundTrip: "connected"
            }
        }
    }

    package var device: DeviceIdentifier
    package var endpoint: String
    package var witness: Witness
    package var extent: Extent
    package var provenAt: Timestamp
    package var operatorID: OperatorID?
    /// SHA-256 of the device's certificate that was used.
    package var certificate: PayloadHash?
    /// Whether that is the certificate which the registrar has on record for the device.
    package var isCertificateOnRecord: Bool?
    package var clientID: String?
    package var tls: TLS?
    package var mqtt: MQTT?
    /// SHA-256 of the roots that the service was believed by; absent in older proofs.
    package var trust: [PayloadHash]?
    /// The device's signature, where the device is the witness.
    package var statement: DeviceStatement?
    /// Whether an older certificate or key of the device was let in as well, so that nobody can tell by which it came.
    package var isByOldOrNew: Bool?
    /// Whether the key was with Muster alone, so that the device cannot have come by it yet.
    package var isKeyWithheld: Bool?

    /// The secure connection.
    package struct TLS: Codable, Equatable, Sendable {
        package var version: String
        package var cipher: String
        package var verifiedName: String
        /// SHA-256 of the service's certificates, its own first.
        package var chain: [PayloadHash]
        /// When the service's own certificate ends.
        package var notAfter: Timestamp?

        package init(_ evidence: TLSEvidence) {
            version = evidence.version
            cipher = evidence.cipher
            verifiedName = evidence.verifiedName
            chain = evidence.chain.map(\.fingerprint)
            notAfter = evidence.chain.first?.notAfter
        }
    }

    /// The message that went round.
    package struct MQTT: Codable, Equatable, Sendable {
        package var version: String
        package var topic: String
        package var roundTripMicroseconds: Int64

        package init(version: String, topic: String, roundTripMicroseconds: Int64) {
            self.version = version
            self.topic = topic
            self.roundTripMicroseconds = roundTripMicroseconds
        }
    }

    package init(
        device: DeviceIdentifier, endpoint: String, witness: Witness, extent: Extent, provenAt: Timestamp,
        operatorID: OperatorID? = nil, certificate: PayloadHash? = nil, isCertificateOnRecord: Bool? = nil,
        clientID: String? = nil, tls: TLS? = nil, mqtt: MQTT? = nil,
        trust: [PayloadHash]? = nil, statement: DeviceStatement? = nil,
        isByOldOrNew: Bool? = nil, isKeyWithheld: Bool? = nil
    ) {
        self.device = device
        self.endpoint = endpoint
        self.witness = witness
        self.extent = extent
        self.provenAt = provenAt
        self.operatorID = operatorID
        self.certificate = certificate
        self.isCertificateOnRecord = isCertificateOnRecord
        self.clientID = clientID
        self.tls = tls
        self.mqtt = mqtt
        self.trust = trust
        self.statement = statement
        self.isByOldOrNew = isByOldOrNew
        self.isKeyWithheld = isKeyWithheld
    }
}

extension ConnectionProof {
    /// What may be claimed because of it.
    package enum Claim: Equatable, Sendable {
        /// The device itself was there.
        case deviceOnline
        /// The device's key and certificate work with the service; who held them was Muster.
        case principalsWork
        /// Only that the service is who it should be.
        case serviceGenuine
    }

    package var claim: Claim {
        switch (witness, extent) {
        case (.target, .authenticated), (.target, .roundTrip), (.device, .authenticated),
            (.device, .roundTrip):
            .deviceOnline
        case (.musterWithDeviceKey, .authenticated), (.musterWithDeviceKey, .roundTrip): .principalsWork
        case (.muster, _), (.target, .endpoint), (.device, .endpoint), (.musterWithDeviceKey, .endpoint):
            .serviceGenuine
        }
    }

    /// One sentence for people.
    package var words: String {
        let claimed =
            switch (claim, witness) {
            case (.deviceOnline, .target): "online: its target says that it was seen at \(endpoint)"
            case (.deviceOnline, _): "online: it signed for its connection to \(endpoint)"
            case (.principalsWork, _): "its key and certificate were taken by \(endpoint)"
            case (.serviceGenuine, _): "\(endpoint) proved who it is; nothing is proven of the device"
            }
        return ([claimed] + details).joined(separator: "; ") + "; \(provenAt.minute)"
    }

    private var details: [String] {
        var parts: [String] = []
        if let mqtt {
            parts.append("a message came back after \(Self.milliseconds(mqtt.roundTripMicroseconds)) ms")
        }
        if let tls { parts.append("\(tls.version), verified as \(tls.verifiedName)") }
        if isCertificateOnRecord == false {
            parts.append("the registrar has another certificate on record, or none")
        }
        if isByOldOrNew == true {
            parts.append("whether by its old certificate or key or by the new is not known")
        }
        if isKeyWithheld == true { parts.append("the device has not been given the key yet") }
        return parts
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        microseconds < 1000 ? "less than 1" : String((microseconds + 500) / 1000)
    }
}
