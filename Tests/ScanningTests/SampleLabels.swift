import Foundation
import Model
import Testing

/// What a sample photograph in `Assets/labels` shows, and what its symbols say.
struct SampleLabel: CustomTestStringConvertible, Sendable {
    struct Expected: Equatable, Sendable {
        var symbology: Symbology
        var text: String
        var aimIdentifier: String
    }

    var file: String
    var expected: [Expected]

    var testDescription: String { file }

    var bytes: [UInt8] {
        get throws { [UInt8](try Data(contentsOf: Self.folder.appending(path: file))) }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Assets/labels")

    static func label(_ file: String, _ expected: (Symbology, String, String)...) -> SampleLabel {
        SampleLabel(
            file: file,
            expected: expected.map { Expected(symbology: $0.0, text: $0.1, aimIdentifier: $0.2) })
    }

    static let all: [SampleLabel] = [
        label(
            "lorawan-sensor.jpg",
            (
                .qr,
                "LW:D0:00005EEF10000080:00005EEF10000001:000A0001:OC7F2A94D:SNLS-000101:C670B",
                "]Q1"
            )),
        label("gs1-gateway.png", (.datamatrix, "010950110153000321NGW-000202", "]d2")),
        label(
            "matter-bulb.webp", (.qr, "MT:Y.K9042C00KA0648G00", "]Q1"), (.code128, "NMB-000303", "]C0")),
        label(
            "cellular-tracker.jpg", (.code128, "490154203237518", "]C0"), (.code128, "NCT-000404", "]C0")),
        label(
            "iso15434-controller.tif",
            (
                .datamatrix,
                "[)>\u{1E}06\u{1D}1PNIC-5\u{1D}SNIC-000505\u{1D}23S00005E005305\u{1E}\u{04}",
                "]d1"
            )),
        label(
            "digital-link-meter.png",
            (.qr, "https://id.nordlicht.example/01/09501101530010/21/NEM-000606", "]Q1")),
        label(
            "product-and-serial.bmp", (.code128, "NRT-000707", "]C0"), (.ean13, "9501101530027", "]E0")),
        label(
            "json-gateway.jpg",
            (
                .qr,
                #"{"vendor":"Nordlicht","model":"NJG-8","sn":"NJG-000808","mac":"00:00:5E:00:53:08"}"#,
                "]Q1"
            )),
        label("keyvalue-camera.webp", (.qr, "SN:NKC-000909;MODEL:NKC-9;MAC:00005E005309", "]Q1")),
        label(
            "vendor-url-lock.png",
            (.qr, "https://nordlicht.example/d?sn=NVL-001010&model=NVL-10", "]Q1")),
        label("mac-bridge.jpg", (.code39, "NBR-001111", "]A0"), (.code128, "00005E005311", "]C0")),
        label("damaged.png", (.code128, "010950110153003421NDX-001212", "]C1")),
        label("wrong-check-digit.png", (.datamatrix, "010950110153004221NPM-001313", "]d2")),
        label("unreadable.jpg"),
        label("other-tenant.jpg", (.datamatrix, "010950110153000321NGW-001515", "]d2")),
    ]
}
