import Labels
import Model
import TestSupport
import Testing

/// Rules that the vectors do not show, one label each.
@Suite struct LabelRulesTests {
    private let reader = LabelReader.forTests()
    private static let code = "A1B2C3D4E5F60718293A4B5C6D7E8F90"
    private static let key =
        "MDkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDIgACIPoRUisHV33fSl86dXjedCjg2rYYiT+NiA0n+uQSdYA="

    private func label(_ text: String, _ symbology: Symbology? = nil, context: String? = nil) -> Label? {
        try? reader.read(
            Payload(bytes: Array(text.utf8), symbology: symbology, context: context)
        ).get()
    }

    private func error(_ text: String, _ symbology: Symbology? = nil) -> LabelError? {
        let payload = Payload(bytes: Array(text.utf8), symbology: symbology)
        if case .failure(let failure) = reader.read(payload) { return failure.error }
        return nil
    }

    // MARK: Zigbee

    private static let boschHead = "RB01SG" + String(repeating: "0", count: 34) + "00155F00F861395D"

    @Test func `the short key of a Bosch label is told to be ambiguous`() {
        let short = label(Self.boschHead + "DLK" + Self.code)
        #expect(short?.warnings == [.ambiguousKey])
        #expect(short?.fields["eui64"] == "00155F00F861395D")
        #expect(short?.fields.secrets["linkKey"]?.unredacted == Self.code)
        let long = label(Self.boschHead + "DLK" + Self.code + "FA9F")
        #expect(long?.warnings == [])
        #expect(long?.fields.secrets["installCode"]?.unredacted == Self.code + "FA9F")
        #expect(error(Self.boschHead + "DLX" + Self.code) == .badStructure)
    }

    @Test func `an install code amid other parts is found`() {
        let text = "IEEE%Z:00158D0001A2B3C4$I:\(Self.code)FA9F%M:1234"
        #expect(label(text)?.format == "zigbee-install-code")
        #expect(label(text)?.fields["eui64"] == "00158D0001A2B3C4")
    }

    // MARK: Wi-Fi

    @Test(arguments: [
        ("DPP:C:300/1;K:\(key);;", LabelError.outOfRange), ("DPP:V:0;K:\(key);;", .outOfRange),
        ("DPP:H:host:99999;K:\(key);;", .outOfRange), ("DPP:K:;;", .missingField),
        ("DPP:K:\(key);K:\(key);;", .duplicate), ("DPP:K:!;;", .badCharset),
        // P-192; RSA; a byte behind the key.
        ("DPP:K:MDEwEwYHKoZIzj0CAQYIKoZIzj0DAQEDGgACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA;;", .unsupportedKey),
        ("DPP:K:MA8wDQYJKoZIhvcNAQEBBQA=;;", .unsupportedKey), ("DPP:K:AAA=;;", .badStructure),
    ]) func `what is wrong with a bootstrapping address is told`(_ text: String, _ expected: LabelError) {
        #expect(error(text) == expected)
    }

    @Test func `a bootstrapping key of a Brainpool curve is taken`() throws {
        let identifier: [UInt8] = [0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07]
        let algorithm: [UInt8] =
            [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, UInt8(identifier.count)] + identifier
        let point: [UInt8] = [0x00, 0x02] + [UInt8](repeating: 7, count: 32)
        let body = [0x30, UInt8(algorithm.count)] + algorithm + [0x03, UInt8(point.count)] + point
        let der = [0x30, UInt8(body.count)] + body
        #expect(label("DPP:K:\(Base64.encode(der));;")?.fields["dpp.curve"] == "BP-256")
        #expect(error("DPP:K:\(Base64.encode(der + [0]));;") == .badStructure)
    }

    @Test(arguments: [
        ("WIFI:T:WPA2;S:a;P:\(String(repeating: "0a", count: 32));;", nil),
        ("WIFI:T:WPA2;S:a;P:\(String(repeating: "zz", count: 32));;", LabelError.badLength),
        ("WIFI:T:SAE;S:a;P:x;;", nil), ("WIFI:S:a;S:b;;", .duplicate), ("WIFI:S:a\\", .badStructure),
        ("WIFI:S:a;;more", .badStructure), ("WIFI:;;", .badStructure),
    ]) func `a network is taken or refused`(_ text: String, _ expected: LabelError?) {
        #expect(error(text) == expected)
    }

    // MARK: Numbers of products

    @Test func `two of five is taken only at its full length`() {
        #expect(label("09501101530003", .itf)?.fields["gtin"] == "09501101530003")
        #expect(error("9501101530003", .itf) == .badLength)
        #expect(error("08292208", .itf) == .badLength)
    }

    @Test func `an add-on is not part of the number`() {
        #expect(label("]E3950110153000312345")?.fields["gtin"] == "09501101530003")
        #expect(label("]E496385074")?.fields["gtin"] == "00000096385074")
        #expect(label("]E496385074")?.warnings == [])
    }

    @Test func `the two check characters of a model number are checked`() {
        #expect(label("(8013)1987654Ad4X4bL5ttr2310c2K")?.fields["gmn"] == "1987654Ad4X4bL5ttr2310c2K")
        #expect(error("(8013)1987654Ad4X4bL5ttr2310c2J") == .badCheckDigit)
        #expect(error("(8006)095011015300040101") == .badCheckDigit)
        #expect(error("(8010)4012345ABC(8011)012") == .outOfRange)
    }

    // MARK: What stands beside, and how it was read

    @Test func `words beside a code decide between its readings`() {
        #expect(label("49015420323751")?.format != "imei")
        #expect(label("49015420323751", context: "IMEI:")?.fields["imei"] == "490154203237518")
        #expect(label("1234567890123456785", context: "ICCID")?.fields["iccid"] == "1234567890123456785")
        #expect(label("490154203237519", context: "IMEI") == nil, "misread, and not a serial")
        #expect(label("490154203237518", context: "S/N")?.format == "serial")
        #expect(label("490154203237518", context: "S/N")?.alternatives == ["imei"])
        #expect(
            label("LW:D0:00005EEF10000080:00005EEF10000001:000A0001", context: "S/N")?.format
                == "lorawan-tr005")
    }

    @Test func `switches of character sets are taken out where the reader says that there are some`() {
        #expect(label(#"]Q2\000026SN:A\\1"#)?.fields["serial"] == #"A\1"#)
        #expect(label(#"]Q1SN:A\000026"#)?.fields["serial"] == #"A\000026"#)
    }

    @Test func `sixteen digits are an IMEI with version only where no serial is likelier`() {
        #expect(label("4901542032375101")?.format == "imei")
        #expect(label("4901542032375101", .code128)?.format == "serial")
        #expect(label("7701542032375101")?.format == "serial")
    }

    // MARK: Names and values

    @Test func `of two values of a name the first counts, and the label is odd`() {
        for text in [#"{"sn":"A1","sn":"B2"}"#, "SN:A1;SN:B2", #"{"sn":"A1","serial":"B2"}"#] {
            #expect(label(text)?.fields["serial"] == "A1", "\(text)")
            #expect(label(text)?.warnings == [.duplicateKey], "\(text)")
        }
    }

    @Test func `nested values are left out, and nesting has an end`() {
        let fields = label(#"{"a":{"sn":"no"},"b":[{"sn":"no"}],"c":"x:{,}","sn":"q\"A"}"#)?.fields
        #expect(fields?["serial"] == #"q"A"#)
        #expect(fields?["x.c"] == "x:{,}")
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(error(#"{"sn":"A","x":\#(deep)}"#) == .badStructure)
    }

    @Test func `keys after blanks begin a pair of their own`() {
        let fields = label("QTY:5 PN:EM500-A MPN:EM-77 RoHS https://acme.example")?.fields
        #expect(fields?["quantity"] == "5")
        #expect(fields?["product"] == "EM500-A")
        let mixed = label("SN:A1 MAC:001b44113ab7, Model: EM 500")?.fields
        #expect(mixed?["serial"] == "A1")
        #expect(mixed?["mac"] == "00:1B:44:11:3A:B7")
        #expect(mixed?["product"] == "EM 500")
        #expect(label("Serial Number: 0042")?.fields["serial"] == "0042")
    }

    @Test func `two modems have two numbers`() {
        let fields = label("IMEI1:490154203237518;IMEI2:860000012345673")?.fields
        #expect(fields?["imei"] == "490154203237518")
        #expect(fields?["imei2"] == "860000012345673")
    }

    // MARK: Links

    @Test func `a link with a secret in it is a secret itself`() {
        let payload = Payload(text: "https://acme.example/x?SN=A1&pin=123456")
        let reading = try? reader.read(payload, as: "iec61406")?.get()
        #expect(reading?.fields["idLink"] == nil)
        #expect(reading?.fields["serial"] == "A1")
        #expect(reading?.fields.secrets["idLink"] != nil)
    }

    @Test(arguments: [
        ("https://localhost/1", LabelError.badStructure), ("https://a..b/1", .badStructure),
        ("https://a.b:0/1", .badStructure), ("https://a.b/%zz", .badCharset),
        ("https://a.b//", .missingField),
    ]) func `what is no identification link is told why`(_ text: String, _ expected: LabelError) {
        let reading = reader.read(Payload(text: text), as: "iec61406")
        #expect(reading == .failure(LabelFailure(format: "iec61406", error: expected)))
    }

    // MARK: Others

    @Test(arguments: [
        ("SN:1;IMEI:490154203237519", LabelError.badCheckDigit), ("00:1B:44:11:3A", .badLength),
        ("00:1B:44:11:3A:BG", .badCharset), ("89882119900000000000000000001655", .badCheckDigit),
        ("00000000-0000-0000-0000-000000000000", .forbiddenValue),
    ]) func `what is plainly meant and does not verify is not taken for a serial`(
        _ text: String, _ expected: LabelError
    ) {
        #expect(error(text) == expected)
    }

    @Test func `codes for phones are not taken for devices`() {
        for text in [
            "MECARD:N:Doe;TEL:123;;", "BEGIN:VCARD\nN:Doe\nEND:VCARD", "mailto:a@b.example", "tel:123",
        ] {
            #expect(error(text) == .unrecognised, "\(text)")
        }
    }

    @Test func `the old eight digits of HomeKit are a secret`() {
        #expect(label("841-31-633")?.fields.secrets["setupPin"]?.unredacted == "841-31-633")
        #expect(label("111-11-111")?.warnings == [.trivialSetupCode])
    }

    @Test func `the URNs of LwM2M endpoints are read`() {
        #expect(label("urn:imei:490154203237518")?.fields["imei"] == "490154203237518")
        #expect(label("urn:gsma:imei:490154203237518")?.fields["tac"] == "49015420")
        #expect(label("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6")?.format == "uuid")
    }

    @Test func `a device key is printed under its own name, and only when asked for`() throws {
        let text =
            "900110128007123450678911111222223333344444555556553500100409701792022000134000030011200261"
        let reading = reader.read(Payload(text: text))
        #expect(try CanonicalJSON.text(LabelJSON(reading)).contains(#""dsk":"‹redacted›""#))
        let revealed = try CanonicalJSON.text(LabelJSON(reading, reveal: true))
        #expect(revealed.contains(#""dsk":"12345-06789-"#))
        #expect(revealed.contains(#""zwave.keys":7"#))
    }

    @Test func `output has numbers, truths and lists where protocols have them`() throws {
        let network = reader.read(Payload(text: "WIFI:T:nopass;S:x;H:true;;"))
        #expect(try CanonicalJSON.text(LabelJSON(network)).contains(#""wifi.hidden":true"#))
        let address = reader.read(Payload(text: "DPP:C:81/1,6;K:\(Self.key);;"))
        let json = try CanonicalJSON.text(LabelJSON(address)).replacing("\\/", with: "/")
        #expect(json.contains(#""dpp.channels":["81/1","81/6"]"#))
    }
}
