import Model

/// A code that holds a serial and nothing else.
enum PlainSerial {
    static let format = LabelFormat(name: "serial", fit: fit, read: read)

    private static let signs = Set("-_./+#")
    private static let lengths = 4...64

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        guard (try? read(scan)) != nil, !scan.isRetailSymbol, scan.symbology != .itf,
            !BareDataIdentifier.isNumbered(scan)
        else {
            return .none
        }
        // A number that verifies as a product's is a serial only where products are not written.
        return scan.isLinearSymbol || !RetailCode.looksValid(scan) ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        guard lengths.contains(text.count) else { throw .badLength }
        guard text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || signs.contains($0)) }) else {
            throw .badCharset
        }
        guard text.contains(where: \.isNumber) else { throw .unrecognised }
        var reading = Reading()
        try reading.fields.add("serial", text)
        return reading
    }
}
