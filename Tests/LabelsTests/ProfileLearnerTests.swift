import Labels
import Model
import TestSupport
import Testing

/// Profiles made from a few labels, and what they make of labels that they have not seen.
@Suite struct ProfileLearnerTests {
    private let reader = LabelReader.forTests()

    private func label(_ codes: (String, Symbology)...) -> [Payload] {
        codes.map { Payload(bytes: Array($0.0.utf8), symbology: $0.1) }
    }

    private func router(_ serial: String) -> [Payload] {
        label(("PN-7731", .code128), (serial, .code128), ("9501101530027", .ean13))
    }

    private func learn(_ labels: [[Payload]], serials: [String] = []) throws -> LearnedProfile {
        try ProfileLearner(name: "learned", product: ProductID(trusted: "router"), reader: reader)
            .learn(labels, serials: serials)
    }

    @Test func `two labels are enough to read others of the product`() throws {
        let learned = try learn([router("NRT-000701"), router("NRT-000702")])
        let reading = reader.with(learned.profile).read(label: router("NRT-999123").reversed())
        #expect(reading.profile == "learned" && reading.missing.isEmpty)
        #expect(reading.product?.rawValue == "router")
        #expect(
            reading.codes.map(\.role) == ["product number (GTIN)", "serial", "part number"])
        #expect(reading.labels.compactMap { $0.fields["serial"] } == ["NRT-999123"])
        #expect(reading.labels.compactMap { $0.fields["product"] } == ["PN-7731"])
    }

    @Test func `labels of another product do not fit what was learned`() throws {
        let learned = try learn([router("NRT-000701"), router("NRT-000702")])
        let other = label(("PN-9000", .code128), ("NSW-000001", .code128), ("9501101530010", .ean13))
        #expect(reader.with(learned.profile).read(label: other).profile == nil)
    }

    @Test func `the file that is written reads what the profile reads`() throws {
        let learned = try learn([router("NRT-000701"), router("NRT-000702"), router("NRT-000900")])
        let file = try ProfileFile(json: Array(try learned.json().utf8))
        #expect(file.profiles == [learned.profile])
        let own = LabelReader.forTests(profiles: file.profiles)
        try file.prove(with: own)
        #expect(file.profiles[0].examples.count == 3)
        #expect(file.profiles[0].examples[1].fields["serial"] == "NRT-000702")
    }

    @Test func `an address beside the serial keeps its format, and advertising is left alone`() throws {
        func camera(_ serial: String, _ mac: String, _ page: String) -> [Payload] {
            label((serial, .code39), (mac, .code128), ("https://acme.example/\(page)", .qr), ("WOW!", .qr))
        }
        let learned = try learn([
            camera("C1A2B3", "00:00:5E:00:53:01", "a"), camera("C9Z8Y7", "00:00:5E:00:53:02", "a"),
        ])
        let reading = reader.with(learned.profile).read(label: camera("C4D5E6", "00:00:5E:00:53:AA", "a"))
        #expect(reading.profile == "learned" && reading.missing.isEmpty)
        #expect(reading.labels.map { $0.fields["serial"] } == ["C4D5E6", nil, nil, nil])
        #expect(reading.labels.map { $0.fields["mac"] } == [nil, "00:00:5E:00:53:AA", nil, nil])
        #expect(reading.labels[3].fields.isEmpty)
    }

    @Test func `two codes that vary need to be told apart by a person, and one word is enough`() throws {
        func box(_ serial: String, _ batch: String) -> [Payload] {
            label((batch, .code128), (serial, .code128))
        }
        let boxes = [box("SX-1001", "LT-77A"), box("SX-1002", "LT-78B")]
        #expect(throws: ProfileLearner.Failure.severalSerials(["LT-77A", "SX-1001"])) { try learn(boxes) }
        let learned = try learn(boxes, serials: ["SX-1001", "SX-1002"])
        let reading = reader.with(learned.profile).read(label: box("SX-2000", "LT-90C"))
        #expect(reading.labels.map { $0.fields["serial"] } == [nil, "SX-2000"])
        #expect(throws: ProfileLearner.Failure.serialNotFound(example: 2)) {
            try learn(boxes, serials: ["SX-1001", "SX-9"])
        }
    }

    @Test func `a code that says its product itself stays that product's`() throws {
        func gateway(_ serial: String, _ gtin: String = "09501101530003") -> [Payload] {
            [Payload(bytes: Array("01\(gtin)21\(serial)".utf8), symbology: .datamatrix, aimIdentifier: "]d2")]
        }
        let learned = try learn([gateway("NGW-1"), gateway("NGW-2")])
        let own = reader.with(learned.profile)
        #expect(own.read(label: gateway("NGW-77")).profile == "learned")
        #expect(own.read(label: gateway("NGW-77", "09501101530010")).profile == nil)
    }

    @Test func `what cannot be learned from is refused with the reason`() {
        #expect(throws: ProfileLearner.Failure.tooFewExamples) { try learn([router("NRT-000701")]) }
        #expect(throws: ProfileLearner.Failure.emptyExample(2)) { try learn([router("NRT-000701"), []]) }
        #expect(throws: ProfileLearner.Failure.nothingVaries) {
            try learn([router("NRT-000701"), router("NRT-000701")])
        }
    }

    @Test func `what is learned anew takes the place of what was learned before`() throws {
        let before = try learn([router("NRT-000701"), router("NRT-000702")])
        let known = reader.with(before.profile)
        let again = try ProfileLearner(name: "learned", product: nil, reader: known.withoutProfiles)
            .learn([router("QX-1"), router("QX-2")])
        let reading = known.with(again.profile).read(label: router("QX-7"))
        #expect(reading.profile == "learned" && reading.missing.isEmpty)
        #expect(
            known.with(again.profile).read(label: router("NRT-000701")).labels.allSatisfy {
                $0.format != "vendor-template:learned/serial"
            })
        #expect(throws: ProfileLearner.Failure.serialNotFound(example: 2)) {
            try learn([router("QX-1"), router("QX-2")], serials: ["QX-1"])
        }
    }

    @Test func `secrets of the labels never enter the file`() throws {
        func lock(_ serial: String, _ code: String) -> [Payload] {
            label((serial, .code128), ("SN:\(serial);CLAIMCODE:\(code)", .qr))
        }
        let learned = try learn([lock("NVL-01", "hush-one"), lock("NVL-02", "hush-two")])
        let text = try learned.json()
        #expect(!text.contains("hush"))
        let reading = reader.with(learned.profile).read(label: lock("NVL-55", "hush-six"))
        #expect(reading.profile == "learned")
        #expect(reading.labels.contains { $0.fields.secrets["claimCode"]?.unredacted == "hush-six" })
    }

    /// Serials as makers print them: learned from the first three, the others are predicted.
    @Test(arguments: [
        ["A3F-001", "B7C-002", "C1D-003", "F9A-417"],
        ["24W07-000123", "24W09-000124", "24W31-002000", "25W01-1"],
        ["X1", "X22", "X333", "X12"], ["sn_ab12", "sn_cd34", "sn_zz99", "sn_qq00"],
        ["AB12CD34", "ZZ99QQ00", "QW11ER22", "TY55UI66"], ["10.2/A", "11.3/B", "12.4/C", "99.9/Z"],
        ["Q1W2E3", "ASD123", "123ZXC", "1A2S3D"],
    ]) func `serials of a maker are predicted from three`(_ serials: [String]) throws {
        let learned = try learn(serials.prefix(3).map { label(($0, .code128), ("PN-1", .code39)) })
        let reading = reader.with(learned.profile).read(
            label: label((serials[3], .code128), ("PN-1", .code39)))
        let isOfOtherLength =
            serials[3].count > serials.prefix(3).map(\.count).max() ?? 0
            || serials[3].count < serials.prefix(3).map(\.count).min() ?? 0
        #expect(
            (reading.profile == "learned" && reading.missing.isEmpty) != isOfOtherLength, "\(learned.codes)")
    }
}
