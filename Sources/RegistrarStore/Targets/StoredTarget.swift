package import Model
package import TargetCore

/// A target as the registrar keeps it. The store reads the summary alone.
package struct StoredTarget: Equatable, Sendable {
    package var summary: TargetSummary
    /// In JSON; free of secrets.
    package var settings: String
    /// Sealed with the registrar's key for targets.
    package var secrets: [UInt8]?

    package init(summary: TargetSummary, settings: String, secrets: [UInt8]? = nil) {
        self.summary = summary
        self.settings = settings
        self.secrets = secrets
    }
}

/// One entry of the journal of targets, as it is worked on.
package struct TargetTask: Equatable, Sendable {
    package var number: Int
    package var operationID: OperationID
    package var target: TargetID
    package var work: TargetWork
    /// X25519 public key in base64url that a symmetric key is to be sealed to.
    package var sealTo: String?
    /// Whether somebody waits for it.
    package var isAwaited: Bool
}

/// What work at a target has come to, without anything secret.
package struct TargetResult: Codable, Equatable, Sendable {
    /// The device there; `nil` when it is unknown there now.
    package var device: DeviceTarget?
    /// The certificate that the target issued.
    package var issued: IssuedCertificate?
    package var serviceRoots: String?
    package var sealedKey: SealedBox?
    package var seenAt: Timestamp?
    /// What could not be taken away there, in sentences.
    package var leftovers: [String]

    package init(
        device: DeviceTarget?, issued: IssuedCertificate? = nil, serviceRoots: String? = nil,
        sealedKey: SealedBox? = nil, seenAt: Timestamp? = nil, leftovers: [String] = []
    ) {
        self.device = device
        self.issued = issued
        self.serviceRoots = serviceRoots
        self.sealedKey = sealedKey
        self.seenAt = seenAt
        self.leftovers = leftovers
    }
}

/// What a turn at a task ends in.
package enum TargetTurn: Equatable, Sendable {
    case done(TargetResult)
    case refused(TargetFault, leftovers: [String])
    case later(seconds: Int, reason: String)
}

/// An entry of the journal as it is listed.
package struct TargetEntry: Codable, Equatable, Sendable {
    package var number: Int
    package var operationID: OperationID
    package var device: DeviceID
    /// By which people know the device.
    package var serial: String?
    package var target: TargetID
    package var intent: String
    package var state: String
    /// What was said of it last.
    package var said: String?
    package var openedAt: Timestamp
    package var notBefore: Timestamp
}
