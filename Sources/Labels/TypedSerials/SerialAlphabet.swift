/// The characters that a maker uses in a kind of serial, and what a person types in their place.
package enum SerialAlphabet: String, Codable, CaseIterable, Sendable {
    case digits
    case hex
    case alnum36
    case crockford32
    /// A Thread joiner credential: a secret, so what was typed is never changed.
    case threadPSKd = "thread-pskd"
    /// Nothing is known of it, so nothing is changed.
    case free

    /// What one typed character can mean.
    enum Meaning: Equatable {
        /// It is of the alphabet; the case of letters may change where the alphabet has one case only.
        case itself(Character)
        /// It is not of the alphabet and looks like one character that is.
        case lookAlike(Character)
        /// It is not of the alphabet and looks like several.
        case several([Character])
        /// Printed for the eye between the characters.
        case separator
        case unknown
    }

    /// Whether what is typed must not be shown, printed or changed.
    package var isSecret: Bool { self == .threadPSKd }

    func meaning(of character: Character) -> Meaning {
        switch self {
        case .free: .itself(character)
        case .digits: Self.digit(character)
        case .hex: Self.hexDigit(character)
        case .alnum36: Self.letterOrDigit(character)
        case .crockford32: Self.crockford(character)
        case .threadPSKd: Self.credential(character)
        }
    }

    private static func isSeparator(_ character: Character) -> Bool {
        character.isWhitespace || character == "-" || character == "." || character == ":"
    }

    private static func digit(_ character: Character) -> Meaning {
        if character.isASCII, character.isNumber { return .itself(character) }
        if isSeparator(character) { return .separator }
        return LookAlikes.digit(for: character).map(Meaning.lookAlike) ?? .unknown
    }

    private static func hexDigit(_ character: Character) -> Meaning {
        if character.isASCII, character.isHexDigit { return .itself(Character(character.uppercased())) }
        if isSeparator(character) { return .separator }
        switch character {
        case "O", "o": return .lookAlike("0")
        case "I", "i", "L", "l", "|": return .lookAlike("1")
        case "S", "s": return .lookAlike("5")
        case "Z", "z": return .lookAlike("2")
        case "G": return .several(["6", "C"])
        case "g": return .several(["9", "6"])
        case "Q": return .several(["0", "9"])
        case "q": return .several(["9", "0"])
        default: return .unknown
        }
    }

    /// Every capital letter and digit is of the alphabet, so only the case is ever folded.
    private static func letterOrDigit(_ character: Character) -> Meaning {
        if character.isASCII, character.isNumber || character.isUppercase { return .itself(character) }
        if isSeparator(character) { return .separator }
        guard character.isASCII, character.isLetter else { return .unknown }
        return .lookAlike(Character(character.uppercased()))
    }

    private static func crockford(_ character: Character) -> Meaning {
        if isSeparator(character) { return .separator }
        guard let symbol = Crockford32.symbol(character) else { return .unknown }
        return Character(character.uppercased()) == symbol ? .itself(symbol) : .lookAlike(symbol)
    }

    private static func credential(_ character: Character) -> Meaning {
        switch character {
        case "I": .lookAlike("1")
        case "O": .lookAlike("0")
        case "Q": .several(["0", "9"])
        case "Z": .lookAlike("2")
        default:
            character.isASCII && (character.isNumber || ("A"..."Y").contains(character))
                ? .itself(character) : .unknown
        }
    }
}
