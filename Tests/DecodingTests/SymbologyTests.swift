import Decoding
import Model
import Testing

/// What one fixture holds.
struct FixtureSymbol: CustomTestStringConvertible, Sendable {
    var file: String
    var symbology: Symbology
    var bytes: [UInt8]
    var aimIdentifier: String

    init(_ file: String, _ symbology: Symbology, _ text: String, _ aimIdentifier: String) {
        self.init(file, symbology, Array(text.utf8), aimIdentifier)
    }

    init(_ file: String, _ symbology: Symbology, _ bytes: [UInt8], _ aimIdentifier: String) {
        (self.file, self.symbology, self.bytes, self.aimIdentifier) = (
            file, symbology, bytes, aimIdentifier
        )
    }

    var testDescription: String { file }
}

/// One clean symbol of each kind: its name, its bytes and its AIM identifier.
struct SymbologyTests {
    private static let gs1 = "010950110153000310LOT7\u{1D}21S-1"

    static let all: [FixtureSymbol] = [
        FixtureSymbol("utf8-qr", .qr, "Gerät Nr. 7 – Tür", "]Q1"),
        FixtureSymbol("latin1-qr", .qr, [0x47, 0x65, 0x72, 0xE4, 0x74], "]Q1"),
        FixtureSymbol("eci-qr", .qr, "Gerät", "]Q1"),
        FixtureSymbol("eci-qr-latin2", .qr, "Łódź", "]Q1"),
        FixtureSymbol("eci-datamatrix", .datamatrix, "Łódź", "]d1"),
        FixtureSymbol("eci-aztec", .aztec, "Łódź", "]z0"),
        FixtureSymbol("binary-qr", .qr, [0x00, 0x01, 0xFF, 0x00, 0x41], "]Q1"),
        FixtureSymbol("gs1-qr", .qr, gs1, "]Q3"),
        FixtureSymbol("gs1-datamatrix", .datamatrix, gs1, "]d2"),
        FixtureSymbol("gs1-128", .code128, gs1, "]C1"),
        FixtureSymbol("macro06", .datamatrix, "[)>\u{1E}06\u{1D}S123\u{1E}\u{04}", "]d1"),
        FixtureSymbol("upca", .upca, "036000291452", "]E0"),
        FixtureSymbol("upce", .upce, "01234565", "]E0"),
        FixtureSymbol("ean13", .ean13, "9501101530027", "]E0"),
        FixtureSymbol("ean8", .ean8, "95011011", "]E4"),
        FixtureSymbol("itf14", .itf, "09501101530003", "]I1"),
        FixtureSymbol("code39", .code39, "NBR-77", "]A0"),
        FixtureSymbol("code128", .code128, "Abc-123", "]C0"),
        FixtureSymbol("aztec", .aztec, "AZTEC-1", "]z0"),
        FixtureSymbol("pdf417", .pdf417, "PDF417-1", "]L2"),
        FixtureSymbol("microqr", .microqr, "MQR1", "]Q1"),
    ]

    private func symbols(in file: String) throws -> [Symbol] {
        try #require(Decoder()).symbols(in: try Pictures.fixture(file))
    }

    @Test(arguments: SymbologyTests.all)
    func `each kind of symbol gives its bytes once, with its AIM identifier`(_ expected: FixtureSymbol) throws
    {
        let found = try symbols(in: expected.file)
        #expect(found.count == 1)
        let symbol = try #require(found.first)
        #expect(symbol.symbology == expected.symbology)
        #expect(symbol.bytes == expected.bytes)
        #expect(symbol.aimIdentifier == expected.aimIdentifier)
        #expect(symbol.points.count == 4)
        #expect(!symbol.isDisputed)
    }

    @Test func `an ITF that is no ITF-14 is not reported`() throws {
        #expect(try symbols(in: "short-itf").isEmpty)
    }
}
