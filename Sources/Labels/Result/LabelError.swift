/// Why a payload does not mean what its format says, one reason each. The spelling is that of `--json`
/// output.
package enum LabelError: String, Error, CaseIterable, Sendable {
    case badStructure, badLength, badCharset, badCheckDigit, badChecksum, badDate, outOfRange, forbiddenValue
    case missingField, missingKey, emptyValue, duplicate, unknownIdentifier, unsupportedVersion
    case unsupportedKey, unsupportedCritical, badQualifier, notGS1, unrecognised, empty, ambiguous, noMatch
    case layoutMismatch, controlCharacters

    /// What that means on the ladder.
    var words: (what: String, nextStep: String) {
        switch self {
        case .badStructure: ("it is not put together as it must be", Self.again)
        case .badLength: ("a part of it is too short or too long", Self.again)
        case .badCharset: ("it has characters that cannot be there", Self.again)
        case .badCheckDigit:
            ("its check digit does not fit: one character was misread or misprinted", Self.again)
        case .badChecksum: ("its checksum does not fit: it was misread or misprinted", Self.again)
        case .badDate: ("it names a day that does not exist", Self.again)
        case .outOfRange: ("a number in it is out of its range", Self.again)
        case .forbiddenValue:
            ("it holds a value that no device may have", "Set the device aside and tell the desk.")
        case .missingField: ("a part that it needs is missing", Self.again)
        case .missingKey: ("nothing in it names a product or a device", Self.other)
        case .emptyValue: ("a part of it is empty", Self.again)
        case .duplicate: ("it says the same thing twice, differently", Self.other)
        case .unknownIdentifier: ("it uses an identifier that is not defined", Self.other)
        case .unsupportedVersion:
            ("it is of a version that this program does not know", "Update Muster, or type the serial.")
        case .unsupportedKey:
            ("it holds a key of a kind that is not accepted", "Set the device aside and tell the desk.")
        case .unsupportedCritical:
            ("it demands something that this program does not know", "Update Muster, or type the serial.")
        case .badQualifier: ("its parts are in an order that is not allowed", Self.other)
        case .notGS1: ("its symbol is not marked as GS1, so the digits mean something else", Self.other)
        case .unrecognised: ("no known format fits it", Self.other)
        case .empty: ("it is empty", Self.again)
        case .ambiguous: ("it can be read in two ways", Self.other)
        case .noMatch: ("it does not match the vendor's template", Self.other)
        case .layoutMismatch:
            (
                "the scanner's keyboard layout is not that of this machine",
                "Set the scanner to this keyboard's layout."
            )
        case .controlCharacters: ("it holds control characters that cannot be there", Self.again)
        }
    }

    private static let again = "Scan it again; if it stays so, scan another code or type the serial."
    private static let other = "Scan another code of the label, or type the serial."
}

/// What is odd about a label that can be used all the same. The spelling is that of `--json` output.
package enum LabelWarning: String, CaseIterable, Sendable {
    case gtinNotPadded, restrictedCirculation, isbn, gtin8OrUpcE, missingRS, missingEOT, oldMouserPrefix
    case ambiguousPrefix, ambiguousKey, crcMissing, checkDigitMissing, checksumUnverifiable
    case unknownExtension, multicast, locallyAdministered, notTelecomPrefix, trivialSetupCode
    case insecureScheme, insecureTransport, popMissing, duplicateKey, unknownOUI
}
