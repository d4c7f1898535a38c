import Intake
import Labels
import Model
import TestSupport
import Testing

@Suite struct LabelEvidenceTests {
    private let reader = LabelReader.forTests()
    private let products = [
        Product(
            productID: ProductID(trusted: "gateway"), name: "Gateway",
            labelFields: ["gtin": "09501101530003"])
    ]

    private func read(_ texts: String...) throws -> LabelEvidence {
        var evidence = LabelEvidence()
        for text in texts { try evidence.add(reader.read(Payload(text: text))) }
        return evidence
    }

    @Test func `codes that agree are joined into one device of the product that matches`() throws {
        let device = try read("(01)09501101530003(21)GW-1", "(01)09501101530003")
            .device(product: nil, products: products)
        #expect(device.identity.product?.rawValue == "gateway")
        #expect(device.identity.displayName == "GW-1")
    }

    @Test func `codes that contradict each other are refused, and nothing of the second stays`() throws {
        var evidence = try read("(01)09501101530003(21)GW-1")
        let before = evidence
        #expect(throws: IntakeError.contradiction(field: "serial", known: "GW-1", new: "GW-2")) {
            try evidence.add(reader.read(Payload(text: "(01)09501101530003(21)GW-2")))
        }
        #expect(evidence == before)
    }

    @Test func `a code that is not understood is a remark beside one that is, and an error alone`() throws {
        let device = try read("(01)09501101530004(21)X", "(21)GW-1(01)09501101530003")
            .device(product: nil, products: products)
        #expect(device.remarks.count == 1)
        #expect(throws: IntakeError.self) {
            try read("(01)09501101530004(21)X").device(product: nil, products: products)
        }
    }

    @Test func `secrets are kept apart from the identity`() throws {
        let device = try read("LW:D0:00005EEF10000080:00005EEF10000001:000A0001:OC7F2A94D:SNLS-000101:C670B")
            .device(product: nil, products: [])
        #expect(!device.secrets.isEmpty)
        #expect(!device.identity.fields.values.contains { $0.contains("C7F2A94D") })
        #expect(!"\(device)".contains("C7F2A94D"))
    }

    @Test(arguments: ["", "   ", "a\u{1}b", String(repeating: "9", count: 129)])
    func `text that cannot be a serial is refused`(_ text: String) {
        #expect(throws: IntakeError.serialMalformed) { try LabelEvidence(serial: text) }
    }

    @Test func `a typed serial is kept as it is, leading zeros too`() throws {
        let evidence = try LabelEvidence(serial: " 0042 A ")
        #expect(evidence.fields == ["serial": "0042 A"])
    }
}
