package import Model

/// What a registrar says of itself to anybody who asks: `GET /v1/hello`.
package struct Hello: Codable, Equatable, Sendable {
    package var registrar: RegistrarID
    package var name: String
    package var serverTime: Timestamp
    /// Public keys that verify receipts, by key id: Ed25519, 32 bytes in base64url.
    package var receiptKeys: [String: String]
    /// Public key that secrets are sealed to: X25519, 32 bytes in base64url.
    package var sealingKeyID: String
    package var sealingKey: String
    /// The kinds of operation this registrar understands.
    package var kinds: [String]
    package var limits: Limits

    package struct Limits: Codable, Equatable, Sendable {
        package var operationsPerBatch: Int
        package var bytesPerRequest: Int

        package init(operationsPerBatch: Int, bytesPerRequest: Int) {
            self.operationsPerBatch = operationsPerBatch
            self.bytesPerRequest = bytesPerRequest
        }
    }

    package init(
        registrar: RegistrarID, name: String, serverTime: Timestamp, receiptKeys: [String: String],
        sealingKeyID: String, sealingKey: String, kinds: [String], limits: Limits
    ) {
        self.registrar = registrar
        self.name = name
        self.serverTime = serverTime
        self.receiptKeys = receiptKeys
        self.sealingKeyID = sealingKeyID
        self.sealingKey = sealingKey
        self.kinds = kinds
        self.limits = limits
    }
}
