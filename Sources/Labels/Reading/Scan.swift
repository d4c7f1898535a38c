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
    /// What stands beside the code, such as `IMEI`.
    var context: String?
    let digests: LabelDigests

    init(_ payload: Payload, year: Int, digests: LabelDigests) {
        let whole =
            String(validating: payload.bytes, as: UTF8.self)
            ?? String(String.UnicodeScalarView(payload.bytes.map { Unicode.Scalar($0) }))
        let (aim, text) = Self.split(whole)
        // A reader that writes the identifier before the data also writes the switches of character sets into
        // it.
        self.text = aim.map(Self.mayHoldECI) == true ? Self.withoutECI(text) : text
        self.aim = aim ?? payload.aimIdentifier.flatMap { $0.hasPrefix("]") ? String($0.dropFirst()) : nil }
        symbology = payload.symbology ?? self.aim.flatMap(Self.symbology)
        self.year = year
        context = payload.context
        self.digests = digests
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

    /// The kind of symbol that an identifier stands for. Source: ISO/IEC 15424.
    private static func symbology(_ aim: String) -> Symbology? {
        switch aim.first {
        case "A": .code39
        case "C": .code128
        case "d": .datamatrix
        case "e": .databar
        case "E": aim == "E4" ? .ean8 : .ean13
        case "F": .codabar
        case "G": .code93
        case "I": .itf
        case "L": .pdf417
        case "Q": .qr
        case "z": .aztec
        default: nil
        }
    }

    /// Whether the identifier says that character sets are switched within the data.
    private static func mayHoldECI(_ aim: String) -> Bool {
        ["Q2", "Q4", "Q6", "d4", "d5", "d6", "L1", "z3", "z4", "z5", "z9", "zA", "zB"].contains(aim)
    }

    /// Without `\NNNNNN`, which switches the character set, and with `\\` as the one backslash that it means.
    private static func withoutECI(_ text: String) -> String {
        var plain = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            guard character == "\\" else {
                plain.append(character)
                continue
            }
            if rest.first == "\\" {
                plain.append(character)
                rest.removeFirst()
            } else if rest.prefix(6).count == 6, rest.prefix(6).isAllDigits {
                rest = rest.dropFirst(6)
            } else {
                plain.append(character)
            }
        }
        return plain
    }

    /// Whether the symbol is marked as GS1 data; `nil` when nothing is known of it.
    var isMarkedGS1: Bool? {
        guard let aim else { return nil }
        return ["C1", "d2", "Q3", "Q4", "e0", "e1", "J1"].contains(aim)
    }

    /// Whether the symbol is of a kind in which serials are printed and products' numbers are not.
    var isLinearSymbol: Bool {
        switch symbology {
        case .code39, .code93, .code128: true
        case .qr, .microqr, .ean13, .ean8, .upca, .upce, .itf, .datamatrix, .aztec, .pdf417, .codabar,
            .databar, nil:
            false
        }
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
