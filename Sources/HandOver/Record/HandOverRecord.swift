package import Model

/// What is known of one hand-over: enough to go on after any interruption, and the evidence of what was done.
package struct HandOverRecord: Codable, Equatable, Sendable {
    /// Whether something was looked at, or could not be over this link.
    package enum Check: String, Codable, CaseIterable, Sendable {
        case checked
        case notChecked = "not checked"
    }

    package var device: DeviceIdentifier
    package var deviceName: String
    /// As given with `--to`.
    package var link: String
    /// What is known of that link; `nil` before anything was said over it.
    package var linkEvidence: LinkEvidence?
    package var operatorID: OperatorID
    package var startedAt: Timestamp
    package var updatedAt: Timestamp
    package var state: HandOverState
    package var comparison: IdentityComparison?
    /// SHA-256 of the certificate request, and of the key that it names.
    package var request: PayloadHash?
    package var publicKeyHash: PayloadHash?
    /// Whether the device signed with the key of its request when it was asked for that.
    package var keyProof: Check
    /// Whether the device signed with the key of its maker's certificate (IDevID); `nil` when nothing was asked of that.
    package var idevid: Check?
    /// Who issued that certificate, and its serial number for the device.
    package var idevidWords: String?
    /// Whether Muster made the key, and the device gets it with the bundle.
    package var keyIsMade: Bool?
    /// The target that made the symmetric key which the device gets in place of a certificate.
    package var keyIsOf: TargetID?
    package var operation: OperationID?
    /// Of the bundle's manifest, base64url; kept, so that going on makes the same bundle.
    package var nonce: String
    package var bundle: PayloadHash?
    /// Where the bundle has the device connect to.
    package var endpoints: [String]?
    package var proof: InstallationProof?
    /// The note in the device's history that holds this evidence.
    package var note: OperationID?

    package init(
        device: DeviceIdentifier, deviceName: String, link: String, operatorID: OperatorID,
        startedAt: Timestamp, nonce: [UInt8]
    ) {
        self.device = device
        self.deviceName = deviceName
        self.link = link
        self.operatorID = operatorID
        self.startedAt = startedAt
        updatedAt = startedAt
        state = .identify
        keyProof = .notChecked
        self.nonce = Base64.encodeURL(nonce)
    }

    /// Takes an event.
    ///
    /// - Throws: `outOfOrder` when it cannot happen now.
    package mutating func take(_ event: HandOverEvent, at now: Timestamp) throws(HandOverError) {
        switch state.transition(event) {
        case .go(let next): state = next
        case .stay: break
        case .impossible: throw .outOfOrder(state: state, event: event.rawValue)
        }
        updatedAt = now
    }

    /// Begins anew with the question who is there; what was got already stays.
    package mutating func takeUpAgain(link: String, operatorID: OperatorID, at now: Timestamp) {
        state = .identify
        keyProof = .notChecked
        idevid = nil
        idevidWords = nil
        linkEvidence = nil
        self.link = link
        self.operatorID = operatorID
        updatedAt = now
    }

    private var keyWords: String {
        if let keyIsOf {
            return "a symmetric key that \(keyIsOf) made, given to the device, wiped once it had proven it"
        }
        if keyIsMade == true { return "made by Muster, given to the device, wiped once it had proven it" }
        return keyProof == .checked ? "proven by a signature over a nonce" : "not checked when it was taken"
    }

    /// One line of evidence for the device's history, free of secrets.
    package var evidence: String {
        let equal = comparison?.equal ?? []
        let unsaid = comparison?.unsaid ?? []
        var parts = [
            "Principals handed over to \(deviceName) by \(operatorID) over \(link)"
                + (linkEvidence.map { " (\($0.text))" } ?? ""),
            "compared with the label: \(equal.isEmpty ? "nothing" : equal.joined(separator: ", "))"
                + (unsaid.isEmpty ? "" : "; not checked: \(unsaid.joined(separator: ", "))"),
            "IDevID: " + (idevidWords ?? Check.notChecked.rawValue), "key of the request: \(keyWords)",
        ]
        if let publicKeyHash { parts.append("key \(publicKeyHash)") }
        if let operation {
            parts.append("\(keyIsOf == nil ? "certificate" : "key") of operation \(operation)")
        }
        if let endpoints, !endpoints.isEmpty {
            parts.append("to connect to \(endpoints.joined(separator: ", "))")
        }
        if let proof {
            parts.append(
                "confirmed by the device: bundle \(proof.bundle), contents \(proof.contents), nonce \(proof.nonce), "
                    + "signature \(proof.signature)")
        }
        return parts.joined(separator: "; ")
    }
}
