import HandOver
import Model
import Testing

@Suite struct LastConnectionTests {
    private static let issued = Timestamp(milliseconds: 1_800_000_000_000)
    private static let now = issued.advanced(bySeconds: 3600)
    private static let own = PayloadHash(digest: [UInt8](repeating: 1, count: 32))
    private static let other = PayloadHash(digest: [UInt8](repeating: 2, count: 32))
    private static let ask = ConnectionAsk(
        lane: DeviceIdentifier(kind: .serial, value: "-/SN-1"), signer: "SN-1", nonce: "bm9uY2U",
        link: "serial:/dev/ttyUSB0",
        certificate: CertificateSummary(
            subject: "SN-1", issuer: "Registrar", serialNumber: "01", fingerprint: own, publicKeyHash: other,
            notBefore: issued, notAfter: issued.advanced(bySeconds: 86_400)),
        operatorID: OperatorID(trusted: "jk"))

    private func said(
        at time: Timestamp = issued.advanced(bySeconds: 60), with certificate: PayloadHash = own
    ) -> LastConnection {
        LastConnection(
            endpoint: "mqtts://broker:8883", connectedAt: time, certificate: certificate, signature: [7])
    }

    private func judged(_ last: LastConnection, isSigned: Bool = true) -> OperationBody.Verify {
        last.verification(answering: Self.ask, at: Self.now) { message, signature in
            isSigned && signature == [7]
                && message
                    == DeviceStatement.message(
                        nonce: Self.ask.nonce, name: "SN-1", endpoint: "mqtts://broker:8883",
                        connectedAt: last.connectedAt ?? Self.now, certificate: last.certificate ?? Self.own)
        }
    }

    private func cause(_ verify: OperationBody.Verify) -> String? {
        if case .failed(let failure) = verify { failure.cause.code } else { nil }
    }

    @Test func `what the device has signed over this question is its proof`() throws {
        guard case .proven(let proof) = judged(said()) else {
            Issue.record("the word counts for nothing")
            return
        }
        #expect(proof.witness == .device && proof.certificate == Self.own)
        #expect(proof.provenAt == Self.issued.advanced(bySeconds: 60))
        #expect(proof.operatorID == Self.ask.operatorID && proof.statement?.nonce == Self.ask.nonce)
    }

    @Test func `without a connection, a signature, its certificate or a time that can be, it is none`() {
        #expect(cause(judged(LastConnection())) == "device_not_connected")
        #expect(cause(judged(said(), isSigned: false)) == "device_signature_false")
        #expect(cause(judged(said(with: Self.other))) == "connected_with_another")
        for time in [Self.issued.advanced(bySeconds: -1), Self.now.advanced(bySeconds: 301)] {
            #expect(cause(judged(said(at: time))) == "device_clock")
        }
        #expect(judged(said(at: Self.now.advanced(bySeconds: 300))).isProven)
    }

    @Test func `what failed is told where it was asked, with who asked`() throws {
        guard case .failed(let failure) = judged(LastConnection()) else {
            Issue.record("silence proves something")
            return
        }
        #expect(failure.endpoint == Self.ask.link && failure.isCertificateOnRecord == nil)
        #expect(failure.operatorID == Self.ask.operatorID && failure.triedAt == Self.now)
    }
}
