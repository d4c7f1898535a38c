/// Why a certificate is trusted no longer. Source: RFC 5280, section 5.3.1, whose names and numbers these are.
package enum RevocationReason: String, Codable, CaseIterable, Sendable {
    case unspecified
    /// Somebody else may have the key: it is never certified again.
    case keyCompromise
    case affiliationChanged
    /// Another certificate has taken its place.
    case superseded
    /// The device does this work no longer.
    case cessationOfOperation
    case privilegeWithdrawn

    /// The number in a revocation list.
    package var code: Int {
        switch self {
        case .unspecified: 0
        case .keyCompromise: 1
        case .affiliationChanged: 3
        case .superseded: 4
        case .cessationOfOperation: 5
        case .privilegeWithdrawn: 9
        }
    }
}

/// A line of a revocation list.
package struct RevokedCertificate: Equatable, Sendable {
    /// Hex digits of the certificate's serial number.
    package var serialNumber: String
    package var reason: RevocationReason
    package var at: Timestamp

    package init(serialNumber: String, reason: RevocationReason, at: Timestamp) {
        self.serialNumber = serialNumber
        self.reason = reason
        self.at = at
    }
}

/// What a revocation list is to say. Source: RFC 5280, section 5.
package struct RevocationListDraft: Equatable, Sendable {
    /// One more with each list.
    package var number: Int
    package var thisUpdate: Timestamp
    package var nextUpdate: Timestamp
    package var revoked: [RevokedCertificate]

    package init(
        number: Int, thisUpdate: Timestamp, nextUpdate: Timestamp, revoked: [RevokedCertificate]
    ) {
        self.number = number
        self.thisUpdate = thisUpdate
        self.nextUpdate = nextUpdate
        self.revoked = revoked
    }
}
