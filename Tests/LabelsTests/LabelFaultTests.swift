import Labels
import Model
import TestSupport
import Testing

/// Where a label breaks the rules of its format: the part, the character, and what has to stand there.
@Suite struct LabelFaultTests {
    private func fault(
        _ text: String, _ symbology: Symbology? = nil, aim: String? = nil, as format: String? = nil
    ) -> LabelFault? {
        let payload = Payload(bytes: Array(text.utf8), symbology: symbology, aimIdentifier: aim)
        let reader = LabelReader.forTests()
        switch format.flatMap({ reader.read(payload, as: $0) }) ?? reader.read(payload) {
        case .success: return nil
        case .failure(let failure): return failure.fault
        }
    }

    @Test(
        arguments: [
            ("010950110153004221NPM-001313", "gs1-element-string", "gtin", 14, "1"),
            ("(01)0950110153A042(21)X", "gs1-element-string", "gtin", 11, nil),
            ("490154203237519", "imei", nil, 15, "8"),
            ("IMEI:4901542032375A8", "imei", nil, 14, "0-9"),
            ("8949020000102345678", "iccid", nil, 19, "1"),
            ("LW:D0:1122334455667788:AABBCCDDEEFF001Z:AABB1122", "lorawan-tr005", "devEUI", 16, "0-9, A-F"),
            ("LW:D0:1122334455667788:AABBCCDDEEFF00:AABB1122", "lorawan-tr005", "devEUI", 14, "16"),
            ("00:1B:44:1G:3A:B7", "mac-eui", nil, 11, "0-9, A-F"),
            ("SN:1;IMEI:490154203237519", "key-value", "imei", 15, "8"),
        ] as [(String, String, String?, Int?, String?)])
    func `a fault is told with its place`(
        _ text: String, _ format: String, _ part: String?, _ position: Int?, _ expected: String?
    ) throws {
        let fault = try #require(
            fault(text, aim: format == "gs1-element-string" ? "]d2" : nil, as: format) ?? fault(text))
        #expect(fault.part == part)
        #expect(fault.position == position)
        #expect(fault.expected == expected)
    }

    @Test func `an EAN that does not verify names the digit that would`() {
        #expect(
            fault("9501101530028", .ean13)
                == LabelFault(.badCheckDigit, position: 13, expected: "7"))
        #expect(fault("123456789", .itf) == LabelFault(.badLength, position: 9, expected: "14"))
    }

    @Test func `people read the place in words`() throws {
        let failure = LabelFailure(
            format: "gs1-element-string",
            fault: LabelFault(.badCheckDigit, part: "gtin", position: 14, expected: "3"))
        #expect(
            failure.explanation.what
                == "The code was read as GS1, but its check digit does not fit: one character "
                + "was misread or misprinted (product number (GTIN), character 14: must be 3).")
    }

    @Test func `nothing of a secret is said`() {
        let key = "LW:D0:1122334455667788:AABBCCDDEEFF0011:AABB1122"
        #expect(fault(key) == nil)
        let short = fault("SN:1;APPKEY:00112233")
        #expect(short?.part == "secret.appKey")
        #expect(short?.expected == nil)
    }
}
