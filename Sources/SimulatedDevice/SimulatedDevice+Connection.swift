internal import Credentials
internal import HandOver
package import Model

/// A device's memory of its last connection.
struct RememberedConnection: Codable {
    var endpoint: String
    var connectedAt: Timestamp
    /// SHA-256 of the certificate that its service took.
    var certificate: PayloadHash
}

extension SimulatedDevice {
    /// Its service has answered, and has taken this certificate.
    package func remember(connectedTo endpoint: String, with certificate: PayloadHash) throws {
        try disk.save(
            connection: RememberedConnection(
                endpoint: endpoint, connectedAt: now(), certificate: certificate))
    }

    /// Says when and where it has connected last, and signs for it.
    func lastConnection(_ body: Ask.Nonce) throws -> Answer {
        guard let nonce = Base64.decodeURL(body.nonce), nonce.count == ProofMessage.nonceBytes else {
            return .refusal(
                Answer.Refusal(.unknownAsk, "a nonce must have \(ProofMessage.nonceBytes) bytes"))
        }
        guard let last = try disk.connection() else { return .connection(LastConnection()) }
        let signed = lie == .oldConnection ? [UInt8](repeating: 0, count: nonce.count) : nonce
        let message = DeviceStatement.message(
            nonce: Base64.encodeURL(signed), name: try announcement.name, endpoint: last.endpoint,
            connectedAt: last.connectedAt, certificate: last.certificate)
        return .connection(
            LastConnection(
                endpoint: last.endpoint, connectedAt: last.connectedAt, certificate: last.certificate,
                signature: try signature(over: message)))
    }
}
