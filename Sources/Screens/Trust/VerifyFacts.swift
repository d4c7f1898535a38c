package import Model

/// What is at hand to verify a device with, and what was proven of it before.
package struct VerifyFacts: Equatable, Sendable {
    package var lane: DeviceIdentifier
    /// The service of the device's target, or that the registrar gives out; `nil` when nobody knows one.
    package var endpoint: String?
    /// Whether it is known by whose word that service is believed.
    package var hasRoots: Bool
    /// Whether the operator's vault holds the device's key.
    package var holdsKey: Bool
    /// The last connection that was proven.
    package var proof: ConnectionProof?
    /// The last that failed, where nothing was proven after it.
    package var failure: ConnectionFailure?

    package init(
        lane: DeviceIdentifier, endpoint: String? = nil, hasRoots: Bool = false, holdsKey: Bool = false,
        proof: ConnectionProof? = nil, failure: ConnectionFailure? = nil
    ) {
        self.lane = lane
        self.endpoint = endpoint
        self.hasRoots = hasRoots
        self.holdsKey = holdsKey
        self.proof = proof
        self.failure = failure
    }
}

/// A verification as it is asked for; `nil` takes what is at hand.
package struct VerifyWish: Equatable, Sendable {
    package var lane: DeviceIdentifier
    package var endpoint: String?
    /// A file with the device's key, or that of a TPM.
    package var key: String?
    /// A file with the root of the service.
    package var root: String?

    package init(
        lane: DeviceIdentifier, endpoint: String? = nil, key: String? = nil, root: String? = nil
    ) {
        self.lane = lane
        self.endpoint = endpoint
        self.key = key
        self.root = root
    }
}

/// What has just been seen in a verification.
package enum VerifyStep: Equatable, Sendable {
    case handshake(TLSEvidence)
    /// A message came back from the service.
    case roundTrip(ConnectionProof.MQTT)
    /// The certificates that the service showed and that were not believed, its own first.
    case presented([CertificateSummary])
}

/// How a verification ended.
package enum VerifyEnd: Equatable, Sendable {
    case proven(ConnectionProof, OperationID?)
    /// It was tried and failed; that is kept too.
    case failed(Explanation, OperationID?)
    /// Nothing was sent to anybody.
    case notTried(Explanation)

    /// In which it is kept.
    var operation: OperationID? {
        switch self {
        case .proven(_, let id), .failed(_, let id): id
        case .notTried: nil
        }
    }
}
