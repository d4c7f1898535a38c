import Labels

extension LabelWarning {
    /// What is odd, in words of the field.
    package var phrase: Phrase {
        switch self {
        case .gtinNotPadded: .warnGTINNotPadded
        case .restrictedCirculation: .warnRestrictedCirculation
        case .isbn: .warnISBN
        case .gtin8OrUpcE: .warnGTIN8OrUPCE
        case .missingRS: .warnMissingRS
        case .missingEOT: .warnMissingEOT
        case .oldMouserPrefix: .warnOldMouserPrefix
        case .ambiguousPrefix: .warnAmbiguousPrefix
        case .ambiguousKey: .warnAmbiguousKey
        case .crcMissing: .warnCRCMissing
        case .checkDigitMissing: .warnCheckDigitMissing
        case .checksumUnverifiable: .warnChecksumUnverifiable
        case .unknownExtension: .warnUnknownExtension
        case .multicast: .warnMulticast
        case .locallyAdministered: .warnLocallyAdministered
        case .notTelecomPrefix: .warnNotTelecomPrefix
        case .trivialSetupCode: .warnTrivialSetupCode
        case .insecureScheme: .warnInsecureScheme
        case .insecureTransport: .warnInsecureTransport
        case .popMissing: .warnPoPMissing
        case .duplicateKey: .warnDuplicateKey
        case .unknownOUI: .warnUnknownOUI
        }
    }
}
