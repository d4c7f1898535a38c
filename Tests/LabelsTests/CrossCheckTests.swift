import Labels
import Model
import TestSupport
import Testing

@Suite struct CrossCheckTests {
    private func check(_ payloads: String...) throws -> CrossCheck {
        CrossCheck(try payloads.map { try LabelReader.forTests().read(Payload(text: $0)).get() })
    }

    private func verdict(_ topic: CrossCheck.Topic, _ payloads: String...) throws -> CrossCheck.Verdict? {
        let labels = try payloads.map { try LabelReader.forTests().read(Payload(text: $0)).get() }
        return CrossCheck(labels).findings.first { $0.topic == topic }?.verdict
    }

    @Test func `a Matter QR code and the digits below it agree`() throws {
        let found = try check("MT:Y.K9042C00KA0648G00", "34970112332")
        #expect(found.conflicts == [])
        #expect(found.findings.map(\.topic) == [.setupCode, .discriminator])
    }

    @Test func `the digits of another Matter device are a conflict with a name`() throws {
        let found = try check("MT:Y.K9042C00KA0648G00", "23914726377")
        #expect(found.conflicts.map(\.topic) == [.setupCode, .discriminator])
        #expect(found.conflicts.allSatisfy { $0.first == 0 && $0.second == 1 })
    }

    @Test func `one product number in two codes agrees, whatever its length`() throws {
        #expect(try verdict(.gtin, "(01)09501101530003(21)A1", "9501101530003") == .agree)
        #expect(try verdict(.gtin, "(01)09501101530003(21)A1", "4006381333931") == .conflict)
    }

    @Test func `the number of a case is related to that of the product in it`() throws {
        #expect(try verdict(.gtin, "(01)19501101530000", "9501101530003") == .related)
    }

    @Test func `an address in two notations agrees`() throws {
        #expect(try verdict(.sameCode, "00:1B:44:11:3A:B7", "001B.4411.3AB7") == .agree)
        #expect(try verdict(.address, "MAC: 00 1B 44 11 3A B7", "SN:1A;MAC:001b44113ab7") == .agree)
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "00:1B:44:11:3A:B8") == .related)
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "00:1B:44:22:3A:B8") == .conflict)
    }

    @Test func `an EUI-64 that was made of the address agrees with it`() throws {
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "001B44FFFE113AB7") == .agree)
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "021B44FFFE113AB7") == .agree)
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "001B44FFFF113AB7") == .agree)
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "001B44FFFE993AB7") == .conflict)
        #expect(try verdict(.address, "00:1B:44:11:3A:B7", "0004A30B001C0530") == nil, "not made of a MAC")
    }

    @Test func `a code that is seen twice is told once`() throws {
        let found = try check("SN-00417", "00:1B:44:11:3A:B7", "SN-00417", "SN-00417")
        #expect(found.repeated == [2, 3])
        #expect(found.conflicts == [])
    }

    @Test func `a serial with and without its data identifier is one serial`() throws {
        #expect(try verdict(.serial, "S24060001234", "SN:24060001234") == .agree)
        #expect(try verdict(.serial, "S24060001234", "SN:24060001235") == .conflict)
    }

    @Test func `two modems of one type are related, two types are not`() throws {
        #expect(try verdict(.imei, "490154203237518", "IMEI:490154201111111") == .related)
        #expect(try verdict(.imei, "490154203237518", "860000012345673") == .conflict)
    }

    @Test func `codes without anything in common say nothing of each other`() throws {
        #expect(try check("SN-00417", "00:1B:44:11:3A:B7", "9501101530003").findings == [])
        #expect(CrossCheck([]).findings == [])
    }

    @Test func `every finding explains itself without a value`() throws {
        for topic in CrossCheck.Topic.allCases {
            for verdict in [CrossCheck.Verdict.agree, .related, .conflict] {
                let finding = CrossCheck.Finding(topic: topic, verdict: verdict, first: 0, second: 1)
                #expect(finding.explanation.what.hasSuffix("."))
                #expect(finding.explanation.nextStep.hasSuffix("."))
            }
        }
        let found = try check("MT:Y.K9042C00KA0648G00", "23914726377")
        #expect(!"\(found)".contains("20202021"))
    }

    @Test(arguments: [
        ("SN-00417", LabelSubject.device), ("9501101530003", .product), ("1PEM500-DI-4", .product),
        ("34970112332", .access), ("8944110068956250018", .sim), ("WIFI:T:nopass;S:x;;", .network),
        ("(00)106141412345678908", .logistics), ("MT:Y.K9042C00KA0648G00", .access),
        ("https://id.acme.example/EM500/24060001234", .device),
    ]) func `what a code is about is told`(_ payload: String, _ subject: LabelSubject) throws {
        let label = try LabelReader.forTests().read(Payload(text: payload)).get()
        #expect(label.subject == subject)
        #expect(!label.subject.words.isEmpty)
    }
}
