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
    /// Whether the device has a target, or is about to have one, that could have seen it.
    package var canAskTarget: Bool
    /// The last connection that was proven.
    package var proof: ConnectionProof?
    /// The last that failed, where nothing was proven after it.
    package var failure: ConnectionFailure?
    /// The last question for the target that has no answer yet, where nothing was proven after it.
    package var question: OperationID?

    package init(
        lane: DeviceIdentifier, endpoint: String? = nil, hasRoots: Bool = false, holdsKey: Bool = false,
        canAskTarget: Bool = false, proof: ConnectionProof? = nil, failure: ConnectionFailure? = nil,
        question: OperationID? = nil
    ) {
        self.lane = lane
        self.endpoint = endpoint
        self.hasRoots = hasRoots
        self.holdsKey = holdsKey
        self.canAskTarget = canAskTarget
        self.proof = proof
        self.failure = failure
        self.question = question
    }
}

/// A verification as it is asked for; `nil` takes what is at hand.
package struct VerifyWish: Equatable, Sendable {
    package var lane: DeviceIdentifier
    package var witness: Witness
    package var endpoint: String?
    /// A file with the device's key, or that of a TPM.
    package var key: String?
    /// A file with the root of the service.
    package var root: String?
    /// Whether Muster may come by the device's own name, though that may throw the device out.
    package var mayInterrupt: Bool

    /// Whose word it is to be. Service, key and root are Muster's own to know; the others have their own.
    package enum Witness: Equatable, Sendable {
        case muster
        /// The registrar asks the device's target.
        case target
        /// The device is asked by this way.
        case device(HandOverWay)
    }

    package init(
        lane: DeviceIdentifier, witness: Witness = .muster, endpoint: String? = nil, key: String? = nil,
        root: String? = nil, mayInterrupt: Bool = false
    ) {
        self.lane = lane
        self.witness = witness
        self.endpoint = endpoint
        self.key = key
        self.root = root
        self.mayInterrupt = mayInterrupt
    }
}

/// What has just been seen in a verification.
package enum VerifyStep: Equatable, Sendable {
    case handshake(TLSEvidence)
    /// A message came back from the service.
    case roundTrip(ConnectionProof.MQTT)
    /// The certificates that the service showed and that were not believed, its own first.
    case presented([CertificateSummary])
    /// The question for a witness, or its word, is on the disk and goes out from here.
    case saved(OperationID)
}

/// How a verification ended.
package enum VerifyEnd: Equatable, Sendable {
    case proven(ConnectionProof, OperationID?)
    /// It was tried and failed; that is kept too.
    case failed(Explanation, OperationID?)
    /// The question is saved; its operation says how far it is, and whether it was refused.
    case awaited(OperationID)
    /// Nothing was sent to anybody.
    case notTried(Explanation)

    /// In which it is kept.
    var operation: OperationID? {
        switch self {
        case .proven(_, let id), .failed(_, let id): id
        case .awaited(let id): id
        case .notTried: nil
        }
    }
}
