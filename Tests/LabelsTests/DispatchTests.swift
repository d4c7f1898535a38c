import Labels
import Model
import TestSupport
import Testing

/// Which format a payload is taken for when nothing but the payload is known.
@Suite struct DispatchTests {
    private let reader = LabelReader.forTests()

    private func read(_ text: String, _ symbology: Symbology? = nil, aim: String? = nil) -> Label? {
        try? reader.read(Payload(bytes: Array(text.utf8), symbology: symbology, aimIdentifier: aim)).get()
    }

    @Test(arguments: [
        ("LW:D0:00005EEF10000080:00005EEF10000001:000A0001:OC7F2A94D:SNLS-000101:C670B", "lorawan-tr005"),
        ("MT:Y.K9042C00KA0648G00", "matter-qr"), ("(01)09501101530003(21)A1", "gs1-element-string"),
        ("https://id.nordlicht.example/01/09501101530010/21/NEM-000606", "gs1-digital-link"),
        ("https://nordlicht.example/d?sn=NVL-001010&model=NVL-10", "generic-label"),
        (#"{"sn":"A1","mac":"00:00:5E:00:53:08"}"#, "generic-label"),
        ("SN:NKC-000909;MODEL:NKC-9;MAC:00005E005309", "generic-label"),
        ("00005E005311", "mac-eui"), ("490154203237518", "imei"), ("NBR-001111", "serial"),
        ("1PEM500-DI-4", "di-bare"), ("34970112332", "matter-manual"),
        ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "uuid"), ("89882119900000000000000000001654", "eid"),
        ("9501101530027", "ean-upc"),
    ]) func `a payload is taken for its format`(_ text: String, _ format: String) {
        #expect(read(text)?.format == format)
    }

    @Test func `the symbology decides between a product number and a serial`() {
        #expect(read("9501101530003", .ean13)?.format == "ean-upc")
        #expect(read("9501101530003", .code128)?.format == "serial")
        #expect(read("9501101530003", .code128)?.alternatives == ["ean-upc"])
    }

    @Test func `the AIM identifier decides between GS1 data and digits`() {
        #expect(read("010950110153000321NGW-1", .datamatrix, aim: "]d2")?.fields["serial"] == "NGW-1")
        #expect(read("0109501101530003", .code128, aim: "]C0")?.format == "serial")
    }

    @Test func `a payload that says what it is and cannot be read is refused, not guessed at`() {
        let wrong = Payload(
            bytes: Array("010950110153004221NPM-001313".utf8), symbology: .datamatrix, aimIdentifier: "]d2")
        let fault = LabelFault(.badCheckDigit, part: "gtin", position: 14, expected: "1")
        #expect(reader.read(wrong) == .failure(LabelFailure(format: "gs1-element-string", fault: fault)))
    }

    @Test func `a bare prefix is offered beside the plain serial`() {
        #expect(read("S24060001234")?.format == "serial")
        #expect(read("S24060001234")?.alternatives == ["di-bare"])
    }

    @Test func `bytes that are not UTF-8 are read as Latin-1`() {
        let payload = Payload(bytes: [0x53, 0x4E, 0x3A, 0x41, 0xE4, 0x31])
        #expect((try? reader.read(payload).get())?.fields["serial"] == "Aä1")
    }
}
