/// Takes what a scanner typed out of its wrapping.
package enum WedgePayload {
    /// Longest text that is looked at: a QR code of version 40 holds 7,089 digits, and wrapping needs some
    /// more.
    package static let limitScalars = 8192

    /// The payload of one scan. `raw` is every character that arrived, the terminator included; a bracketed
    /// paste says itself that it is one; `isKnown` tells payloads of known kinds, by which garbled text is
    /// found out.
    package static func read(
        _ raw: [Unicode.Scalar], settings: WedgeSettings = .standard, origin: WedgeScan.Origin = .scanner,
        isKnown: @escaping (String) -> Bool = KnownSchemes.isKnown
    ) -> Result<WedgeScan, WedgeFailure> {
        guard raw.count <= limitScalars else { return .failure(.tooLong) }
        var wrapped = Wrapped(rest: raw[...], origin: origin)
        wrapped.unwrap(settings)
        let text = wrapped.text(settings)
        let (aim, payload) =
            AIMIdentifier.split(text).map { (Optional($0.identifier), $0.rest) } ?? (nil, text)
        guard payload.unicodeScalars.allSatisfy(isHarmless) else { return .failure(.controlCharacters) }
        let garbled = GarbledText(isKnown: isKnown, machine: settings.layout)
        if let failure = garbled.failure(of: text) { return .failure(failure) }
        guard !payload.isEmpty else { return .failure(.empty) }
        return .success(
            WedgeScan(
                payload: Array(payload.utf8), aim: aim, terminator: wrapped.terminator,
                origin: wrapped.origin))
    }

    /// The payload of one scan, given as text.
    package static func read(
        _ raw: String, settings: WedgeSettings = .standard, origin: WedgeScan.Origin = .scanner,
        isKnown: @escaping (String) -> Bool = KnownSchemes.isKnown
    ) -> Result<WedgeScan, WedgeFailure> {
        read(Array(raw.unicodeScalars), settings: settings, origin: origin, isKnown: isKnown)
    }

    /// Whether a character may stand in a payload: GS, RS, FS, US and EOT are parts of labels, all else that
    /// a terminal obeys or the eye does not see is not.
    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x04, 0x1C...0x1F: true
        case 0..<0x20, 0x7F..<0xA0: false
        case 0x20..<0x7F: true
        default:
            switch scalar.properties.generalCategory {
            case .format, .control, .lineSeparator, .paragraphSeparator, .surrogate: false
            default: true
            }
        }
    }
}

/// What arrived, while the wrapping is taken off from outside to inside.
private struct Wrapped {
    var rest: ArraySlice<Unicode.Scalar>
    var origin: WedgeScan.Origin
    var terminator: WedgeTerminator?

    private static let pasteStart = Array("\u{1B}[200~".unicodeScalars)[...]
    private static let pasteEnd = Array("\u{1B}[201~".unicodeScalars)[...]

    mutating func unwrap(_ settings: WedgeSettings) {
        takeTerminator(settings)
        if rest.starts(with: Self.pasteStart), rest.suffix(Self.pasteEnd.count) == Self.pasteEnd {
            rest = rest.dropFirst(Self.pasteStart.count).dropLast(Self.pasteEnd.count)
            origin = .paste
            takeTerminator(settings)
        }
        if rest.count >= 2, rest.first == "\u{02}", rest.last == "\u{03}" {
            rest = rest.dropFirst().dropLast()
            takeTerminator(settings)
        }
        let (prefix, suffix) = (Array(settings.prefix.unicodeScalars), Array(settings.suffix.unicodeScalars))
        if rest.starts(with: prefix) { rest = rest.dropFirst(prefix.count) }
        if rest.suffix(suffix.count) == suffix[...] { rest = rest.dropLast(suffix.count) }
    }

    private mutating func takeTerminator(_ settings: WedgeSettings) {
        guard terminator == nil, let found = WedgeTerminator.atEnd(of: rest, among: settings.terminators)
        else { return }
        terminator = found
        rest = rest.dropLast(found.scalars.count)
    }

    /// The text with its separators as bytes.
    func text(_ settings: WedgeSettings) -> String {
        let text = Separators.decoded(rest)
        guard let substitute = settings.gsSubstitute, Separators.mayBeIn(text) else { return text }
        return Separators.replacing(substitute, in: text)
    }
}
