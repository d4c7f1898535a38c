import Model

/// A payload as the formats look at it: its text, without the AIM identifier that may stand before it.
struct Scan: Sendable {
    /// UTF-8, or Latin-1 when the bytes are not UTF-8.
    var text: String
    /// Without `]`, such as `d2`; `nil` when the reader reported none.
    var aim: String?
    var symbology: Symbology?
    /// The year by which two-digit years are understood.
    var year: Int

    init(_ payload: Payload, year: Int) {
        let whole =
            String(validating: payload.bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(payload.bytes.map { Unicode.Scalar($0) }))
        let (aim, text) = Self.split(whole)
        self.text = text
        self.aim = aim ?? payload.aimIdentifier.flatMap { $0.hasPrefix("]") ? String($0.dropFirst()) : nil }
        symbology = payload.symbology
        self.year = year
    }

    /// `]` with a letter that stands for a symbology, and its modifier. Any other `]` is data.
    private static func split(_ text: String) -> (aim: String?, rest: String) {
        let head = Array(text.unicodeScalars.prefix(3))
        guard head.count == 3, head[0] == "]", "ACEIGFXdQzLeJU".unicodeScalars.contains(head[1]),
            head[2].properties.numericType != nil || "ABC".unicodeScalars.contains(head[2])
        else { return (nil, text) }
        return (
            String(String.UnicodeScalarView(head[1...])),
            String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(3)))
        )
    }

    /// Whether the symbol is marked as GS1 data; `nil` when nothing is known of it.
    var isMarkedGS1: Bool? {
        guard let aim else { return nil }
        return ["C1", "d2", "Q3", "Q4", "e0", "e1", "J1"].contains(aim)
    }

    /// Whether the symbol is an EAN or UPC.
    var isRetailSymbol: Bool {
        switch symbology {
        case .ean13, .ean8, .upca, .upce: true
        case .qr, .microqr, .code128, .code39, .code93, .itf, .datamatrix, .aztec, .pdf417, .codabar,
            .databar, nil:
            aim?.hasPrefix("E") ?? false
        }
    }
}
