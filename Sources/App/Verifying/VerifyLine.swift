import Model

/// One step of a proof for scripts.
struct VerifyLine: Encodable {
    var device: DeviceIdentifier
    var verify: String
    var endpoint: String
    var tls: TLSEvidence?
    var mqtt: ConnectionProof.MQTT?
    var presented: [CertificateSummary]?
    var proof: ConnectionProof?
    var failure: ConnectionFailure?
    /// Of the handshake, or of connecting.
    var microseconds: Int64?
}

extension Console {
    /// A step for scripts, and the same in a line for people.
    func say(_ line: VerifyLine, _ name: String, _ words: String) {
        print(line)
        show("\(line.verify)  \(name)  (\(words))")
    }
}
