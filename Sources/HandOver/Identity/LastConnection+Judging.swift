package import Model

/// The question to a device whether it has connected, and what its answer is held against.
package struct ConnectionAsk: Sendable {
    package var lane: DeviceIdentifier
    /// By what the device signs.
    package var signer: String
    /// 32 bytes in base64url, made for this question.
    package var nonce: String
    /// The link over which it was asked.
    package var link: String
    /// The device's certificate on record.
    package var certificate: CertificateSummary
    package var operatorID: OperatorID?

    package init(
        lane: DeviceIdentifier, signer: String, nonce: String, link: String, certificate: CertificateSummary,
        operatorID: OperatorID?
    ) {
        self.lane = lane
        self.signer = signer
        self.nonce = nonce
        self.link = link
        self.certificate = certificate
        self.operatorID = operatorID
    }
}

extension LastConnection {
    /// How far the clock of a device may be ahead, in seconds.
    private static let clockSeconds: Int64 = 300

    /// What the device's word is worth. `isSigned` tells whether a signature over a message is by the key of the certificate
    /// on record.
    package func verification(
        answering ask: ConnectionAsk, at now: Timestamp,
        isSigned: (_ message: [UInt8], _ signature: [UInt8]) -> Bool
    ) -> OperationBody.Verify {
        guard let endpoint, let connectedAt, let certificate, let signature else {
            return unproven(
                ask, now, "device_not_connected", "by its own word it has not connected yet")
        }
        let statement = DeviceStatement(nonce: ask.nonce, name: ask.signer, signature: signature)
        let proof = ConnectionProof(
            device: ask.lane, endpoint: endpoint, witness: .device, extent: .authenticated,
            provenAt: connectedAt, operatorID: ask.operatorID, certificate: certificate,
            isCertificateOnRecord: true, statement: statement)
        guard let message = statement.message(of: proof), let bytes = Base64.decode(signature),
            isSigned(message, bytes)
        else {
            return unproven(
                ask, now, "device_signature_false",
                "its signature is not over this question, or not by the key of its certificate on record")
        }
        guard certificate == ask.certificate.fingerprint else {
            return unproven(
                ask, now, "connected_with_another", "it connected with another certificate than it has now")
        }
        guard connectedAt >= ask.certificate.notBefore,
            connectedAt <= now.advanced(bySeconds: Self.clockSeconds)
        else {
            return unproven(
                ask, now, "device_clock",
                "by its clock it connected on \(connectedAt.minute), which cannot be"
            )
        }
        return .proven(proof)
    }

    private func unproven(
        _ ask: ConnectionAsk, _ now: Timestamp, _ code: String, _ text: String
    ) -> OperationBody.Verify {
        .failed(
            ConnectionFailure(
                device: ask.lane, endpoint: endpoint ?? ask.link, witness: .device, triedAt: now,
                operatorID: ask.operatorID, certificate: certificate,
                isCertificateOnRecord: certificate.map { $0 == ask.certificate.fingerprint },
                cause: ConnectionFailure.Cause(code: code, text: text)))
    }
}
