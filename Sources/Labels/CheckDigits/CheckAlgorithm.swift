/// How the last characters of a serial prove the others.
package enum CheckAlgorithm: String, Codable, CaseIterable, Sendable {
    case none
    case luhn
    case verhoeff
    case damm
    /// Modulo 10 with weights 1 and 3.
    case gs1
    /// ISO/IEC 7064 with two check digits; letters count as two digits.
    case mod97 = "mod97-10"
    /// ISO/IEC 7064 with one check character of `0-9A-Z`.
    case mod37Hybrid = "mod37-36"
    /// ISO/IEC 7064 with one check character of `0-9A-Z*`.
    case mod37 = "mod37-2"
    /// Crockford's base 32 with one check character of 37.
    case crockford32

    /// Whether a text ends with the check characters that belong to it. Total: any text has an answer.
    package func verifies(_ text: String) -> Bool {
        switch self {
        case .none: true
        case .luhn: CheckDigits.isLuhn(text)
        case .verhoeff: CheckDigits.isVerhoeff(text)
        case .damm: CheckDigits.isDamm(text)
        case .gs1: CheckDigits.isGS1(text)
        case .mod97: CheckCharacters.isModulo97(text)
        case .mod37Hybrid: CheckCharacters.isModulo37Hybrid(text)
        case .mod37: CheckCharacters.isModulo37(text)
        case .crockford32: Crockford32.verifies(text)
        }
    }

    /// The text with the check characters that belong to it; `nil` when it holds characters that the
    /// algorithm does not know, or there is nothing to check.
    package func completed(_ text: String) -> String? {
        guard self != .none, !text.isEmpty else { return nil }
        return checkTexts.lazy.map { text + $0 }.first(where: verifies)
    }

    /// The check character that a typed one means where it is outside the alphabet of the serial itself.
    func ownSymbol(_ character: Character) -> Character? {
        switch self {
        case .crockford32: Crockford32.checkSymbol(character)
        case .mod37: character == "*" ? character : nil
        case .none, .luhn, .verhoeff, .damm, .gs1, .mod97, .mod37Hybrid: nil
        }
    }

    /// Every text that can be the check.
    private var checkTexts: [String] {
        let digits = "0123456789".map(String.init)
        switch self {
        case .none: return []
        case .luhn, .verhoeff, .damm, .gs1: return digits
        // The check is 98 less a remainder, so 00, 01 and 99 never stand.
        case .mod97: return (2...98).map { ($0 < 10 ? "0" : "") + String($0) }
        case .mod37Hybrid: return CheckCharacters.alphabet.dropLast().map { String($0) }
        case .mod37: return CheckCharacters.alphabet.map { String($0) }
        case .crockford32: return Crockford32.checkSymbols.map { String($0) }
        }
    }
}
