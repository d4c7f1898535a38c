/// The registrar's answer that an operation has taken effect. Signed, it is the only thing that counts as success.
///
/// On the wire a receipt is a JWS in compact form (RFC 7515) with `alg` EdDSA (RFC 8037) and `typ` `muster-receipt`;
/// this is its payload.
package struct Receipt: Codable, Equatable, Sendable {
    package static let type = "muster-receipt"

    /// What came of the operation, in the word that a person reads.
    package enum Outcome: String, Codable, CaseIterable, Sendable {
        case claimed
        /// The tenant had the device already, at the same site: nothing changed.
        case alreadyClaimed
        case placed
        case provisioned
        /// The device is let in at another target.
        case reprovisioned
        case released
        /// Afterwards no certificate of the device is trusted.
        case revoked
        case noted
        /// The device's connection was proven, as the operation says.
        case verified
        /// It was tried, and nothing is proven.
        case verificationFailed
    }

    package var registrar: RegistrarID
    package var operationID: OperationID
    package var payloadHash: PayloadHash
    package var outcome: Outcome
    package var deviceID: DeviceID
    package var deviceVersion: Int
    package var appliedAt: Timestamp
    /// One more for each receipt of the registrar.
    package var receiptSequence: Int
    /// Head of the registrar's audit chain that holds this operation.
    package var auditHead: PayloadHash
    /// PEM chain, the device certificate first, when the operation had one issued.
    package var certificateChain: String?
    /// Where the device is provisioned now, when the operation had it provisioned outside.
    package var target: DeviceTarget?
    /// PEM roots that the device needs to believe its service there.
    package var serviceRoots: String?
    /// A symmetric key, base64, sealed to the companion as the operation asked.
    package var sealedKey: SealedBox?
    /// What the registrar has found out of the device's connection, when the operation asked for that.
    package var verification: OperationBody.Verify?

    package init(
        registrar: RegistrarID, operationID: OperationID, payloadHash: PayloadHash, outcome: Outcome,
        deviceID: DeviceID, deviceVersion: Int, appliedAt: Timestamp, receiptSequence: Int,
        auditHead: PayloadHash, certificateChain: String? = nil, target: DeviceTarget? = nil,
        serviceRoots: String? = nil, sealedKey: SealedBox? = nil,
        verification: OperationBody.Verify? = nil
    ) {
        self.registrar = registrar
        self.operationID = operationID
        self.payloadHash = payloadHash
        self.outcome = outcome
        self.deviceID = deviceID
        self.deviceVersion = deviceVersion
        self.appliedAt = appliedAt
        self.receiptSequence = receiptSequence
        self.auditHead = auditHead
        self.certificateChain = certificateChain
        self.target = target
        self.serviceRoots = serviceRoots
        self.sealedKey = sealedKey
        self.verification = verification
    }

    /// Four characters that a technician can read out: the end of the operation id, which ends at random.
    package var shortCode: String { operationID.rawValue.suffix(4).uppercased() }
}
