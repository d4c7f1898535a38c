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
