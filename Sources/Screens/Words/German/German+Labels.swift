import Labels
import Model

extension German {
    /// Why a payload was not understood (`LabelError`): without and with the format that it claims to be of, the part of it, the
    /// character, and what has to stand there.
    static let labels: [String: [Wording]] = Dictionary(
        uniqueKeysWithValues: LabelError.allCases.map { error in
            let (what, nextStep) = words(error)
            return (
                LabelFailure(format: nil, error: error).explanation.id,
                [
                    Wording("Der Code wurde gelesen, aber \(what).", nextStep)
                ]
                    + ["", " ({2})", " ({2}, Zeichen {3})", expected(error)].map { place in
                        Wording("Der Code wurde als {1} gelesen, aber \(what)\(place).", nextStep)
                    }
            )
        })

    private static func expected(_ error: LabelError) -> String {
        error == .badLength
            ? " ({2}: {3} Zeichen, nötig sind {4})" : " ({2}, Zeichen {3}: muss {4} sein)"
    }

    private static let again =
        "Noch einmal scannen; bleibt es so, einen anderen Code scannen oder die Seriennummer tippen."
    private static let other = "Einen anderen Code des Etiketts scannen oder die Seriennummer tippen."
    private static let aside = "Das Gerät beiseitelegen und im Büro Bescheid sagen."
    private static let update = "Muster erneuern oder die Seriennummer tippen."

    private static func words(_ error: LabelError) -> (what: String, nextStep: String) {
        switch error {
        case .badStructure: ("er ist nicht so aufgebaut, wie er sein muss", again)
        case .badLength: ("ein Teil davon ist zu kurz oder zu lang", again)
        case .badCharset: ("er enthält Zeichen, die dort nicht stehen können", again)
        case .badCheckDigit:
            ("die Prüfziffer passt nicht: ein Zeichen ist falsch gelesen oder falsch gedruckt", again)
        case .badChecksum: ("die Prüfsumme passt nicht: er ist falsch gelesen oder falsch gedruckt", again)
        case .badDate: ("er nennt einen Tag, den es nicht gibt", again)
        case .outOfRange: ("eine Zahl darin ist zu klein oder zu groß", again)
        case .forbiddenValue: ("er enthält einen Wert, den kein Gerät haben darf", aside)
        case .missingField: ("ein nötiger Teil fehlt", again)
        case .missingKey: ("nichts darin nennt ein Produkt oder ein Gerät", other)
        case .emptyValue: ("ein Teil davon ist leer", again)
        case .duplicate: ("er sagt dasselbe zweimal, verschieden", other)
        case .unknownIdentifier: ("er benutzt eine Kennung, die es nicht gibt", other)
        case .unsupportedVersion: ("diese Version von Muster kennt seine Fassung nicht", update)
        case .unsupportedKey: ("er enthält einen Schlüssel einer Art, die nicht angenommen wird", aside)
        case .unsupportedCritical: ("er verlangt etwas, das diese Version von Muster nicht kennt", update)
        case .badQualifier: ("seine Teile stehen in einer Reihenfolge, die nicht erlaubt ist", other)
        case .notGS1: ("er ist nicht als GS1 gekennzeichnet, die Ziffern bedeuten also etwas anderes", other)
        case .unrecognised: ("kein bekanntes Format passt", other)
        case .empty: ("er ist leer", again)
        case .ambiguous: ("er lässt sich auf zwei Arten lesen", other)
        case .noMatch: ("er passt nicht zur Vorlage des Herstellers", other)
        case .layoutMismatch:
            (
                "die Tastaturbelegung des Scanners ist nicht die dieses Rechners",
                "Den Scanner auf die Belegung dieses Rechners stellen."
            )
        case .controlCharacters: ("er enthält Steuerzeichen, die dort nicht stehen können", again)
        }
    }
}
