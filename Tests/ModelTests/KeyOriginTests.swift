import Model
import Testing

@Suite struct KeyOriginTests {
    private func product(_ origins: [KeyOrigin]?) -> Product {
        Product(productID: ProductID(trusted: "dock"), name: "Dock", keyOrigins: origins)
    }

    @Test func `without a policy every way is right, the device's own first`() {
        let free = product(nil)
        #expect(free.allowedKeyOrigins == [.device, .tpm, .made])
        #expect(([nil] + KeyOrigin.allCases).allSatisfy { free.objection(to: $0) == nil })
    }

    @Test func `a policy takes what it names, and an origin that is not said is none of them`() throws {
        let strict = product([.tpm, .device])
        #expect(strict.objection(to: .tpm) == nil && strict.objection(to: .device) == nil)
        let made = try #require(strict.objection(to: .made))
        #expect(
            made.what
                == "Keys of product dock must be made in a TPM or by the device; this one was made by Muster."
        )
        #expect(made.nextStep.contains("--key-origin tpm"))
        let unsaid = try #require(product(KeyOrigin.allCases).objection(to: nil))
        #expect(unsaid.what.hasSuffix("how this one was made is not said."))
    }

    @Test func `a policy names one way at least, and each once`() {
        #expect(product(nil).fault == nil && product([.made]).fault == nil)
        #expect(product([]).fault != nil && product([.tpm, .tpm]).fault != nil)
    }

    @Test func `products and requests of before are read as they were`() throws {
        let text = #"{"productID":"dock","name":"Dock","admission":"open","labelFields":{}}"#
        #expect(try CanonicalJSON.decode(Product.self, from: Array(text.utf8)).keyOrigins == nil)
        let body = #"{"kind":"provision","provision":{"certificateRequest":"AQID"}}"#
        let old = try CanonicalJSON.decode(OperationBody.self, from: Array(body.utf8))
        #expect(old == .provision(OperationBody.Provision(certificateRequest: "AQID")))
        #expect(try CanonicalJSON.text(old) == body, "its bytes, and with them its hash, are the same")
    }
}
