package import Model

/// The ledger of devices that come with a certificate from their factory and meet their owner later, by the certificate's
/// fingerprint. Source: github.com/aws-samples/aws-device-lobby, its design document.
///
/// It does not matter which comes first, the device's first contact or its owner's claim: both together lead to the same
/// work.
package struct DeviceLobby: Codable, Equatable, Sendable {
    package struct Claim: Codable, Equatable, Sendable {
        package var device: DeviceID
        package var tenant: TenantID
        /// The target whose account takes the device in.
        package var target: TargetID

        package init(device: DeviceID, tenant: TenantID, target: TargetID) {
            self.device = device
            self.tenant = tenant
            self.target = target
        }
    }

    package struct Entry: Codable, Equatable, Sendable {
        package var claim: Claim?
        /// PEM of the factory's certificate, once the device has shown it.
        package var certificate: String?
        package var firstSeen: Timestamp?
        /// What the lobby tells the device: the endpoint of its new account.
        package var endpoint: String?

        package init() {}
    }

    package enum Outcome: Equatable, Sendable {
        /// The other half is still to come.
        case waiting
        /// Provision this device with this certificate at the claim's target.
        case provision(Claim, certificate: String)
        /// Tell the device where it belongs.
        case tell(endpoint: String)
        /// Somebody else has claimed it; whose it is stays untold.
        case claimedByAnother
        /// The certificate does not have the fingerprint of the entry.
        case wrongCertificate
    }

    /// By fingerprint.
    package private(set) var entries: [String: Entry] = [:]

    /// A part of the ledger, or all of it.
    package init(entries: [String: Entry] = [:]) {
        self.entries = entries
    }

    /// An owner's claim, by the fingerprint on the label.
    package mutating func claim(_ fingerprint: PayloadHash, _ claim: Claim) -> Outcome {
        var entry = entries[fingerprint.rawValue] ?? Entry()
        if let known = entry.claim, known != claim { return .claimedByAnother }
        entry.claim = claim
        entries[fingerprint.rawValue] = entry
        return outcome(of: entry)
    }

    /// A device's contact with the lobby; `facts` are what its certificate says.
    package mutating func contact(
        _ fingerprint: PayloadHash, certificate: String, facts: CertificateFacts, at now: Timestamp
    ) -> Outcome {
        guard facts.fingerprint == fingerprint else { return .wrongCertificate }
        var entry = entries[fingerprint.rawValue] ?? Entry()
        entry.certificate = certificate
        entry.firstSeen = entry.firstSeen ?? now
        entries[fingerprint.rawValue] = entry
        return outcome(of: entry)
    }

    /// The target has taken the device in.
    package mutating func provisioned(_ fingerprint: PayloadHash, endpoint: String) {
        entries[fingerprint.rawValue]?.endpoint = endpoint
    }

    /// The owner gives the device back; it is free to be claimed anew.
    package mutating func release(_ fingerprint: PayloadHash, by tenant: TenantID) -> Bool {
        guard entries[fingerprint.rawValue]?.claim?.tenant == tenant else { return false }
        entries[fingerprint.rawValue]?.claim = nil
        entries[fingerprint.rawValue]?.endpoint = nil
        return true
    }

    private func outcome(of entry: Entry) -> Outcome {
        if entry.claim != nil, let endpoint = entry.endpoint { return .tell(endpoint: endpoint) }
        guard let claim = entry.claim, let certificate = entry.certificate else { return .waiting }
        return .provision(claim, certificate: certificate)
    }
}
