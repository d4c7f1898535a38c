/// GS1 application identifiers: what follows each, and which field it becomes.
///
/// Source: GS1 General Specifications, section 3; GS1 Barcode Syntax Dictionary.
struct ApplicationIdentifier: Sendable {
    /// The characters that a value may be of.
    enum Charset: Sendable {
        /// Digits.
        case numeric
        /// The 82 characters of section 7.11.
        case alphanumeric
        /// The 39 characters of component and part identifiers.
        case component
        /// The characters of base64url.
        case base64
    }

    /// What is checked besides length and characters.
    enum Check: Sendable {
        case modulo10, modulo10OfFirst13, modulo10OfFirst14, luhn, modulo97, date, characterPair,
            noLeadingZero
    }

    var digits: String
    /// Lengths in characters that a value may have.
    var length: ClosedRange<Int>
    /// How many leading characters are digits, whatever the charset.
    var numericPrefix: Int
    var charset: Charset
    var checks: [Check]
    /// The field name; `ai.` with the digits where there is none of its own.
    var field: String
    /// Whether the length is known from the first two digits, so that no separator follows.
    var isPredefined: Bool

    /// Values of these lengths need no separator behind them, by the first two digits. Section 7.8.5.
    private static let predefined: Set<String> = [
        "00", "01", "02", "03", "04", "11", "12", "13", "14", "15", "16", "17", "18", "19", "20", "31", "32",
        "33", "34", "35", "36", "41",
    ]

    init(
        _ digits: String, _ length: ClosedRange<Int>, _ charset: Charset = .alphanumeric,
        numericPrefix: Int = 0, _ field: String? = nil, checks: [Check] = []
    ) {
        self.digits = digits
        self.length = length
        self.charset = charset
        self.numericPrefix = charset == .numeric ? 0 : numericPrefix
        self.field = field ?? "ai.\(digits)"
        self.checks = checks
        isPredefined = Self.predefined.contains(String(digits.prefix(2)))
    }

    /// An alphanumeric one with a field of its own.
    private init(_ digits: String, _ length: ClosedRange<Int>, _ field: String) {
        self.init(digits, length, .alphanumeric, field)
    }

    /// The identifier that text begins with; at most one does, since none is the beginning of another.
    static func leading(_ text: Substring) -> ApplicationIdentifier? {
        for count in 2...4 {
            if let found = table[String(text.prefix(count))], text.prefix(count).count == count {
                return found
            }
        }
        return nil
    }

    static func exactly(_ digits: some StringProtocol) -> ApplicationIdentifier? { table[String(digits)] }

    private static let table: [String: ApplicationIdentifier] = {
        var table: [String: ApplicationIdentifier] = [:]
        for entry in products + parties + measures + cellular + others { table[entry.digits] = entry }
        return table
    }()

    private static let products: [ApplicationIdentifier] = [
        .init("00", 18...18, .numeric, "sscc", checks: [.modulo10]),
        .init("01", 14...14, .numeric, "gtin", checks: [.modulo10]),
        .init("02", 14...14, .numeric, checks: [.modulo10]),
        .init("03", 14...14, .numeric, checks: [.modulo10]), .init("10", 1...20, "lot"),
        .init("11", 6...6, .numeric, "productionDate", checks: [.date]),
        .init("12", 6...6, .numeric, checks: [.date]),
        .init("13", 6...6, .numeric, "packDate", checks: [.date]),
        .init("15", 6...6, .numeric, "bestBefore", checks: [.date]),
        .init("16", 6...6, .numeric, checks: [.date]),
        .init("17", 6...6, .numeric, "expiryDate", checks: [.date]), .init("20", 2...2, .numeric),
        .init("21", 1...20, "serial"), .init("22", 1...20), .init("235", 1...28), .init("240", 1...30),
        .init("241", 1...30, "customerPart"), .init("242", 1...6, .numeric), .init("243", 1...20),
        .init("250", 1...30, "secondarySerial"), .init("251", 1...30),
        .init("253", 13...30, numericPrefix: 13, checks: [.modulo10OfFirst13]),
        .init("254", 1...20, "glnExtension"),
        .init("255", 13...25, .numeric, checks: [.modulo10OfFirst13]), .init("30", 1...8, .numeric),
        .init("37", 1...8, .numeric), .init("8001", 14...14, .numeric), .init("8002", 1...20),
        .init("8003", 14...30, numericPrefix: 14, "grai", checks: [.modulo10OfFirst13]),
        .init("8004", 1...30, "giai"), .init("8005", 6...6, .numeric),
        .init("8006", 18...18, .numeric, checks: [.modulo10OfFirst14]),
        .init("8007", 1...34), .init("8008", 8...12, .numeric), .init("8009", 1...50),
        .init("8010", 1...30, .component, "cpid"),
        .init("8011", 1...12, .numeric, "cpidSerial", checks: [.noLeadingZero]),
        .init("8012", 1...20, "softwareVersion"),
        .init("8013", 3...25, .alphanumeric, "gmn", checks: [.characterPair]),
        .init("8017", 18...18, .numeric, checks: [.modulo10]),
        .init("8018", 18...18, .numeric, checks: [.modulo10]), .init("8019", 1...10, .numeric),
        .init("8020", 1...25), .init("8026", 18...18, .numeric, checks: [.modulo10OfFirst14]),
        .init("8030", 1...90, .base64),
    ]

    private static let parties: [ApplicationIdentifier] =
        ["410", "411", "412", "413", "415", "416", "417"]
        .map { .init($0, 13...13, .numeric, checks: [.modulo10]) } + [
            .init("400", 1...30), .init("401", 1...30), .init("402", 17...17, .numeric, checks: [.modulo10]),
            .init("403", 1...30), .init("414", 13...13, .numeric, "gln", checks: [.modulo10]),
            .init("420", 1...20), .init("421", 3...12, numericPrefix: 3), .init("422", 3...3, .numeric),
            .init("423", 3...15, .numeric), .init("424", 3...3, .numeric), .init("425", 3...15, .numeric),
            .init("426", 3...3, .numeric), .init("427", 1...3),
        ]

    /// Families whose last digit tells the decimal point or a number: 310n, 703n …
    private static let measures: [ApplicationIdentifier] = {
        var entries: [ApplicationIdentifier] = []
        let weights =
            Array(310...316) + Array(320...337) + Array(340...357) + Array(360...369)
        for family in weights {
            for digit in 0...5 { entries.append(.init("\(family)\(digit)", 6...6, .numeric)) }
        }
        for digit in 0...9 {
            entries.append(.init("390\(digit)", 1...15, .numeric))
            entries.append(.init("391\(digit)", 3...18, .numeric))
            entries.append(.init("392\(digit)", 1...15, .numeric))
            entries.append(.init("393\(digit)", 3...18, .numeric))
            entries.append(.init("703\(digit)", 3...30, numericPrefix: 3))
            entries.append(.init("723\(digit)", 2...30))
        }
        for digit in 0...3 { entries.append(.init("394\(digit)", 4...4, .numeric)) }
        for digit in 0...5 { entries.append(.init("395\(digit)", 6...6, .numeric)) }
        return entries
    }()

    private static let cellular: [ApplicationIdentifier] = [
        .init("8040", 15...15, .numeric, "imei", checks: [.luhn]),
        .init("8041", 15...15, .numeric, "imei2", checks: [.luhn]),
        .init("8042", 32...32, .numeric, "eid", checks: [.modulo97]),
        .init("8043", 18...20, .numeric, "iccid", checks: [.luhn]),
    ]

    private static let others: [ApplicationIdentifier] =
        (4300...4320).map { .init("\($0)", 1...70) } + (4321...4323).map { .init("\($0)", 1...1, .numeric) }
        + [
            .init("4324", 10...10, .numeric), .init("4325", 10...10, .numeric),
            .init("4326", 6...6, .numeric),
        ]
        + (710...717).map { .init("\($0)", 1...20) } + (91...99).map { .init("\($0)", 1...90) }
        + [
            .init("7001", 13...13, .numeric), .init("7002", 1...30), .init("7003", 10...10, .numeric),
            .init("7004", 1...4, .numeric), .init("7005", 1...12), .init("7006", 6...6, .numeric),
            .init("7007", 6...12, .numeric), .init("7008", 1...3), .init("7009", 1...10),
            .init("7010", 1...2), .init("7011", 6...10, .numeric), .init("7020", 1...20),
            .init("7021", 1...20), .init("7022", 1...20), .init("7023", 1...30),
            .init("7040", 4...4, numericPrefix: 1), .init("7240", 1...20), .init("7241", 2...2, .numeric),
            .init("7242", 1...25), .init("8110", 1...70), .init("8111", 4...4, .numeric),
            .init("8112", 1...70), .init("8200", 1...70), .init("90", 1...30),
        ]
}
