import Labels
import Model
import TestSupport
import Testing

/// Labels with several codes, chosen among by the profile that they fit.
@Suite struct LabelProfileTests {
    private static let file = #"""
        {"profiles": [{"name": "acme-pump", "product": "pump", "codes": [
            {"role": "part number, the upper one", "symbology": "code128", "pattern": "PN-(?<product>[0-9]{4})"},
            {"role": "serial, the lower one", "symbology": "code128", "pattern": "(?<serial>[A-Z]{2}-[0-9]{4,6})"},
            {"role": "address", "use": "optional", "format": "mac-eui"},
            {"role": "advertising", "use": "ignored", "pattern": "https://acme\\.example/.*"}],
          "examples": [{"codes": [{"text": "PN-1234", "symbology": "code128"},
                                  {"text": "SX-000042", "symbology": "code128"}],
                        "fields": {"serial": "SX-000042", "product": "PN-1234"}}]}]}
        """#

    private func reader(_ json: String = file) throws -> LabelReader {
        let file = try ProfileFile(json: Array(json.utf8.map { $0 }))
        return LabelReader.forTests(templates: file.templates, profiles: file.profiles)
    }

    private func code(_ text: String, _ symbology: Symbology = .code128) -> Payload {
        Payload(bytes: Array(text.utf8), symbology: symbology)
    }

    private func fixed() throws -> LabelReader {
        try reader(Self.file.replacing("PN-(?<product>[0-9]{4})", with: "(?<product>PN-[0-9]{4})"))
    }

    @Test func `the profile says which code is the serial`() throws {
        let reading = try fixed().read(label: [
            code("PN-1234"), code("SX-000077"), code("00:00:5E:00:53:01"),
            code("https://acme.example/x", .qr),
        ])
        #expect(reading.profile == "acme-pump")
        #expect(reading.product?.rawValue == "pump")
        #expect(
            reading.codes.map(\.role) == [
                "part number, the upper one", "serial, the lower one", "address", "advertising",
            ])
        #expect(reading.labels.map { $0.fields["serial"] } == [nil, "SX-000077", nil, nil])
        #expect(reading.labels[0].fields["product"] == "PN-1234")
        #expect(reading.labels[3].fields.isEmpty)
        #expect(
            reading.missing.isEmpty && reading.conflicts.isEmpty && reading.codes.allSatisfy(\.rivals.isEmpty)
        )
    }

    @Test func `without its profile the same label is a conflict`() {
        let reading = LabelReader.forTests().read(label: [code("PN-1234"), code("SX-000077")])
        #expect(reading.profile == nil)
        #expect(reading.conflicts.map(\.topic) == [.serial])
    }

    @Test func `a required code that was not captured is named`() throws {
        let reading = try fixed().read(label: [code("PN-1234")])
        #expect(reading.missing == ["serial, the lower one"])
        #expect(reading.labels.map(\.subject) == [.product])
    }

    @Test func `two serials on one picture are two devices, which no profile joins`() throws {
        let reading = try fixed().read(label: [code("PN-1234"), code("SX-000077"), code("SX-000078")])
        #expect(reading.profile == nil)
        #expect(reading.conflicts.map(\.topic) == [.serial])
    }

    @Test func `a code that two profiles read differently is read by neither alone`() throws {
        let two = Self.file.replacing("PN-(?<product>[0-9]{4})", with: "(?<product>PN-[0-9]{4})")
            .replacing(
                "{\"profiles\": [",
                with: #"""
                    {"profiles": [{"name": "other", "codes": [{"role": "lot", "pattern": "(?<lot>[A-Z]{2}-[0-9]{6})"},
                        {"role": "serial", "pattern": "(?<serial>Q[0-9]+)"}],
                        "examples": [{"codes": [{"text": "LT-000001"}, {"text": "Q77"}],
                                      "fields": {"serial": "Q77", "lot": "LT-000001"}}]},
                    """#)
        let reader = try reader(two)
        #expect(reader.read(code("SX-000077")) == .failure(failure(.ambiguous)))
        // The other code tells.
        let pump = reader.read(label: [code("SX-000077"), code("PN-1234")])
        #expect(pump.profile == "acme-pump")
        #expect(pump.labels[0].fields["serial"] == "SX-000077")
        let other = reader.read(label: [code("SX-000077"), code("Q5")])
        #expect(other.profile == "other")
        #expect(other.labels[0].fields["lot"] == "SX-000077")
    }

    private func failure(_ error: LabelError) -> LabelFailure {
        LabelFailure(format: "vendor-template:other/lot", error: error)
    }

    @Test func `a profile that reads its example otherwise is refused with the reason`() throws {
        let file = try ProfileFile(json: Array(Self.file.utf8))
        let expected = TemplateError.example(
            profile: "acme-pump", number: 1, reason: "product is read as `1234`, not as the example says")
        #expect(throws: expected) {
            try file.prove(with: LabelReader.forTests(templates: file.templates, profiles: file.profiles))
        }
        let right = try fixed()
        try ProfileFile(profiles: right.profiles).prove(with: right)
    }

    @Test(arguments: [
        (#""role": "address""#, #""role": "advertising""#, "each code must have a role of its own"),
        (#""name": "acme-pump""#, #""name": "acme pump""#, "its name must be letters"),
        (#""format": "mac-eui""#, #""use": "optional""#, "must have either a pattern or a format"),
        (#""product": "pump""#, #""product": "a pump!""#, "is no name of a product"),
    ]) func `a profile that is put together wrongly is refused`(
        _ part: String, _ replacement: String, _ reason: String
    ) throws {
        do {
            _ = try ProfileFile(json: Array(Self.file.replacing(part, with: replacement).utf8))
            Issue.record("it was taken")
        } catch {
            #expect(
                error == .unreadable || error.explanation.what.contains(reason), "\(error.explanation.what)")
        }
    }
}

/// Codes of one label that can be read in two ways.
@Suite struct AmbiguousLabelTests {
    private let listing = AddressBlocks(listings: [
        Array(
            "Registry,Assignment,Organization Name,Organization Address\r\nMA-L,00005E,\"ICANN, IANA\",x\r\n"
                .utf8),
        Array("MA-M,8C1F640,Half Block,y\nMA-S,8C1F64AFA,Small Block,z\n".utf8),
    ])

    private func rivals(_ text: String, _ symbology: Symbology?, listed: Bool = true) -> [String] {
        let blocks = listing
        let reader = LabelReader.forTests(makers: listed ? AddressMakers { blocks } : .unknown)
        let payload = Payload(bytes: Array(text.utf8), symbology: symbology)
        return reader.read(label: [payload]).codes[0].rivals.map(\.format)
    }

    @Test func `a serial that verifies as a product number is not taken without a word`() {
        #expect(rivals("9501101530003", .code128) == ["ean-upc"])
        #expect(rivals("9501101530003", .ean13).isEmpty)
        #expect(rivals("NRT-000707", .code128).isEmpty)
    }

    @Test func `twelve hex digits are an address where the listing knows its maker`() {
        #expect(rivals("00005E005311", .code128).isEmpty)
        #expect(rivals("00005E005311", .code128, listed: false) == ["serial"])
        #expect(rivals("ABCDEF123456", .code128) == ["serial"])
        #expect(rivals("AB:CD:EF:12:34:56", .code128).isEmpty)
    }

    @Test func `the maker of an address is of the smallest block`() {
        #expect(listing.maker(of: "00:00:5E:00:53:11") == "ICANN, IANA")
        #expect(listing.maker(of: "8C1F64AFA123") == "Small Block")
        #expect(listing.maker(of: "8C1F640123456789") == "Half Block")
        #expect(listing.maker(of: "FFFFFF000000") == nil)
        #expect(listing.maker(of: "00") == nil)
    }

    @Test func `an address of no known block is taken with a warning`() throws {
        let blocks = listing
        let reader = LabelReader.forTests(makers: AddressMakers { blocks })
        let known = try reader.read(Payload(text: "00:00:5E:00:53:11")).get()
        let unknown = try reader.read(Payload(text: "AC:DE:48:00:11:22")).get()
        let local = try reader.read(Payload(text: "AA:BB:CC:00:11:22")).get()
        #expect(known.warnings.isEmpty)
        #expect(unknown.warnings == [.unknownOUI])
        #expect(local.warnings == [.locallyAdministered])
    }
}
