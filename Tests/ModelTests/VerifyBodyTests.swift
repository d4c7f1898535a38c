import Model
import Testing

@Suite struct VerifyBodyTests {
    private static let device = DeviceIdentifier(kind: .serial, value: "-/SN-1")
    private static let at = Timestamp(milliseconds: 1_790_000_000_000)
    private static let proof = ConnectionProof(
        device: device, endpoint: "mqtts://b:8883", witness: .muster, extent: .endpoint, provenAt: at)
    private static let failure = ConnectionFailure(
        device: device, endpoint: "mqtts://b:8883", witness: .musterWithDeviceKey, triedAt: at,
        operatorID: OperatorID(trusted: "jk"), certificate: .zero, isCertificateOnRecord: true,
        cause: ConnectionFailure.Cause(code: "certificate_refused", text: "The service refused it."))

    @Test(arguments: [OperationBody.Verify.proven(proof), .failed(failure)])
    func `a verification survives JSON under the name of what it is`(_ verify: OperationBody.Verify) throws {
        let text = try CanonicalJSON.text(OperationBody.verify(verify))
        #expect(text.contains(#""kind":"verify""#))
        #expect(text.contains(verify.isProven ? #"{"proof":{"# : #"{"failure":{"#))
        #expect(try CanonicalJSON.decode(OperationBody.self, from: Array(text.utf8)) == .verify(verify))
    }

    @Test func `a question for the target survives JSON, and says nothing of an endpoint`() throws {
        let question = OperationBody.Verify.asked(
            ConnectionQuestion(device: Self.device, operatorID: OperatorID(trusted: "jk")))
        let text = try CanonicalJSON.text(OperationBody.verify(question))
        #expect(text.contains(#"{"question":{"#))
        #expect(try CanonicalJSON.decode(OperationBody.self, from: Array(text.utf8)) == .verify(question))
        #expect(question.endpoint == nil && question.witness == .target && !question.isProven)
    }

    @Test func `what a device signs is everything that its proof says`() {
        let nonce = Base64.encodeURL([UInt8](repeating: 7, count: 32))
        var proof = Self.proof
        proof.certificate = .zero
        let statement = DeviceStatement(nonce: nonce, name: "SN-1", signature: "")
        let said = String(decoding: statement.message(of: proof) ?? [], as: UTF8.self)
        #expect(
            said == "29:muster hand-over 1 connection\n43:\(nonce)\n4:SN-1\n14:mqtts://b:8883\n"
                + "24:2026-09-21T14:13:20.000Z\n64:\(PayloadHash.zero.rawValue)\n")
        #expect(statement.message(of: Self.proof) == nil)
    }

    @Test func `one with both or neither is none`() throws {
        let proof = try CanonicalJSON.text(Self.proof)
        let failure = try CanonicalJSON.text(Self.failure)
        for text in ["{}", #"{"proof":\#(proof),"failure":\#(failure)}"#] {
            #expect(throws: DecodingError.self) {
                try CanonicalJSON.decode(OperationBody.Verify.self, from: Array(text.utf8))
            }
        }
    }

    @Test func `a failure says where, why and when`() {
        #expect(
            Self.failure.words
                == "not connected to mqtts://b:8883: The service refused it. (certificate_refused); "
                + "2026-09-21 14:13 UTC")
    }
}
