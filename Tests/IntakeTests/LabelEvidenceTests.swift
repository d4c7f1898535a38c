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
        for text in texts { try evidence.add([Payload(text: text)], with: reader) }
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
            try evidence.add([Payload(text: "(01)09501101530003(21)GW-2")], with: reader)
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

    @Test func `two addresses in a row, and two modems of one type, are one device's`() throws {
        let device = try read(
            "SN:A-1;MAC:00:00:5E:00:53:01", "00:00:5E:00:53:02", "IMEI:490154203237518",
            "IMEI:490154203237500"
        ).device(product: nil, products: [])
        #expect(device.identity.fields["mac"] == "00:00:5E:00:53:01")
        #expect(device.identity.fields["imei"] == "490154203237518")
        #expect(device.identity.fields["imei2"] == "490154203237500")
    }

    @Test func `two codes of one Matter device that differ in the setup code are refused`() {
        #expect(
            throws: IntakeError.contradiction(
                field: "setup code", known: Redacted<String>.placeholder, new: Redacted<String>.placeholder)
        ) { try read("MT:Y.K9042C00KA0648G00", "23914726377") }
    }

    @Test func `what can be a serial or a product number is settled by who is expected, and by nobody else`()
        throws
    {
        var evidence = LabelEvidence()
        let payload = Payload(bytes: Array("9501101530003".utf8), symbology: .code128)
        try evidence.add([payload], with: reader)
        let device = try evidence.device(product: nil, products: products)
        #expect(device.identity.fields["serial"] == "9501101530003")
        #expect(device.rivals.map { $0.fields["gtin"] } == ["09501101530003"])
        #expect(device.settled { _ in false }.rivals == device.rivals)
        #expect(device.settled { _ in true }.rivals == device.rivals)
        let settled = device.settled { $0.fields["gtin"] != nil }
        #expect(settled.rivals.isEmpty && settled.identity.fields["gtin"] == "09501101530003")
    }

    @Test func `what is in doubt says why, and nothing once a person has seen it`() throws {
        var payload = Payload(bytes: Array("NRT-000707".utf8), symbology: .code39)
        payload.isDisputed = true
        var evidence = LabelEvidence()
        try evidence.add([payload], with: reader)
        let device = try evidence.device(product: nil, products: [])
        #expect(device.doubt == .disputed(device: "NRT-000707"))
        #expect(device.seenByPerson.doubt == nil)
        let twice = CapturedDevice(
            identity: DeviceIdentity(fields: ["serial": "9501101530003"]),
            rivals: [DeviceIdentity(fields: ["gtin": "09501101530003"])])
        #expect(
            twice.doubt == .twoReadings("serial 9501101530003", "product number (GTIN) 09501101530003"))
        #expect(twice.seenByPerson.doubt == nil)
    }

    @Test func `two claim codes on one label are refused, and neither is said`() {
        let hidden = Redacted<String>.placeholder
        #expect(throws: IntakeError.contradiction(field: "claim code", known: hidden, new: hidden)) {
            try read("SN:A-1;CLAIMCODE:one", "SN:A-1;CLAIMCODE:two")
        }
    }

    @Test func `a code that another one vouches for is not ambiguous`() throws {
        var evidence = LabelEvidence()
        let codes = [("00005E005311", Symbology.code128), ("SN:NBR-1;MAC:00:00:5E:00:53:11", .qr)]
        try evidence.add(
            codes.map { Payload(bytes: Array($0.0.utf8), symbology: $0.1) }, with: reader)
        #expect(try evidence.device(product: nil, products: []).rivals.isEmpty)
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
