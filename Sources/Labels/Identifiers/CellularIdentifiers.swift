/// Numbers of cellular devices, cards and chips.

/// Takes a name such as `IMEI:` and blanks off a number.
private func bare(_ text: String, _ name: String, separators: String) -> String {
    var rest = text.trimmed[...]
    if rest.hasPrefixIgnoringCase(name) { rest = rest.dropFirst(name.count).drop { ":= #".contains($0) } }
    return rest.filter { !separators.contains($0) }
}

/// The number of a cellular device. Source: 3GPP TS 23.003, section 6.2.
enum IMEI {
    static let format = LabelFormat(name: "imei", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let digits = bare(scan.text, "IMEI", separators: " -/.")
        if scan.text.hasPrefixIgnoringCase("IMEI") { return digits.isAllDigits ? .certain : .possible }
        guard digits.isAllDigits else { return .none }
        switch digits.count {
        case 15: return CheckDigits.isLuhn(digits) ? .possible : .none
        case 16: return isSoftwareVersioned(digits, scan) ? .possible : .none
        // Without a check digit nothing tells fourteen digits from a serial.
        default: return .none
        }
    }

    /// Sixteen digits carry no check digit: they are taken for an IMEI with software version only when they
    /// begin like one and could not as well be a serial or a product's number.
    private static func isSoftwareVersioned(_ digits: String, _ scan: Scan) -> Bool {
        let bodies = [
            "01", "33", "35", "44", "45", "49", "50", "51", "52", "53", "54", "86", "91", "98", "99",
        ]
        let isGS1 = digits.hasPrefix("01") && CheckDigits.isGS1(digits.dropFirst(2))
        return bodies.contains(String(digits.prefix(2))) && !isGS1 && !scan.isLinearSymbol
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        var reading = Reading()
        try add(scan.text, to: &reading)
        if let imei = reading.fields["imei"] { try reading.fields.add("tac", String(imei.prefix(8))) }
        return reading
    }

    static func add(_ text: String, to reading: inout Reading) throws(LabelFault) {
        let digits = bare(text, "IMEI", separators: " -/.")
        try CheckDigits.requireDigits(digits)
        guard (14...16).contains(digits.count) else {
            throw .badLength(digits.count, expected: "15")
        }
        guard digits.contains(where: { $0 != "0" }) else { throw .forbiddenValue }
        let body = String(digits.prefix(14))
        if digits.count == 15 {
            try CheckDigits.proveLuhn(digits)
        } else if digits.count == 16 {
            try reading.fields.add("imeisv", digits)
        } else {
            reading.warnings.append(.checkDigitMissing)
        }
        try reading.fields.add("imei", body + String(CheckDigits.luhnDigit(for: body) ?? 0))
    }
}

/// The number of a SIM card. Source: ITU-T E.118.
enum ICCID {
    static let format = LabelFormat(name: "iccid", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let digits = bare(scan.text, "ICCID", separators: " ")
        if scan.text.hasPrefixIgnoringCase("ICCID") { return digits.isAllDigits ? .certain : .possible }
        return (18...20).contains(digits.count) && digits.hasPrefix("89") ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        var reading = Reading()
        try add(scan.text, to: &reading)
        return reading
    }

    static func add(_ text: String, to reading: inout Reading) throws(LabelFault) {
        var digits = bare(text, "ICCID", separators: " ")[...]
        while digits.last == "F" || digits.last == "f" { digits = digits.dropLast() }
        try CheckDigits.requireDigits(digits)
        guard (18...20).contains(digits.count) else {
            throw .badLength(digits.count, expected: 19...20)
        }
        var number = String(digits)
        if number.count == 18 {
            number += String(CheckDigits.luhnDigit(for: number) ?? 0)
            reading.warnings.append(.checkDigitMissing)
        } else if number.count == 19 {
            try CheckDigits.proveLuhn(number)
        }
        if !number.hasPrefix("89") { reading.warnings.append(.notTelecomPrefix) }
        try reading.fields.add("iccid", number)
    }
}

/// The number of an embedded SIM chip. Source: GSMA SGP.29.
enum EID {
    static let format = LabelFormat(name: "eid", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let digits = bare(scan.text, "EID", separators: " ")
        if scan.text.hasPrefixIgnoringCase("EID") { return digits.isAllDigits ? .certain : .possible }
        guard digits.count == 32, digits.isAllDigits else { return .none }
        // So long and with the digits that all of them begin with, a wrong check is a misread one.
        if digits.hasPrefix("89") { return .certain }
        return CheckDigits.isModulo97(digits) ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        var reading = Reading()
        try add(scan.text, to: &reading)
        return reading
    }

    static func add(_ text: String, to reading: inout Reading) throws(LabelFault) {
        let digits = bare(text, "EID", separators: " ")
        try CheckDigits.requireDigits(digits)
        guard digits.count == 32 else { throw .badLength(digits.count, expected: "32") }
        guard CheckDigits.isModulo97(digits) else { throw .badCheckDigit }
        if !digits.hasPrefix("89") { reading.warnings.append(.notTelecomPrefix) }
        try reading.fields.add("eid", digits)
    }
}
