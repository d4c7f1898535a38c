/// Finds out from the three calibration codes how a scanner has to be listened to.
package enum WedgeCalibration {
    /// The settings that fit what the three codes produced, each with its terminator, or what has to be
    /// changed at the scanner first.
    package static func settings(
        separator: [Unicode.Scalar], characters: [Unicode.Scalar], envelope: [Unicode.Scalar]
    ) -> Result<WedgeSettings, CalibrationProblem> {
        do throws(CalibrationProblem) {
            let texts = [separator, characters, envelope].map(Ended.init)
            guard let terminator = agreed(texts.map(\.terminator)) else { throw .terminatorsDiffer }
            let (prefix, suffix) = try frame(texts[1].text)
            var settings = WedgeSettings(
                prefix: prefix, suffix: suffix,
                terminators: terminator.map { [$0] } ?? WedgeTerminator.allCases)
            settings.gsSubstitute = try substitute(texts[0].text, settings)
            try checkEnvelope(texts[2].text, settings)
            return .success(settings)
        } catch { return .failure(error) }
    }

    /// One code as it arrived, without its terminator.
    private struct Ended {
        var text: String
        var terminator: WedgeTerminator?

        init(_ raw: [Unicode.Scalar]) {
            terminator = WedgeTerminator.atEnd(of: raw[...], among: WedgeTerminator.allCases)
            text = Separators.decoded(raw.dropLast(terminator?.scalars.count ?? 0))
            if text.first == "\u{02}", text.last == "\u{03}", text.count > 1 {
                text = String(text.dropFirst().dropLast())
            }
        }
    }

    private static func agreed(_ terminators: [WedgeTerminator?]) -> WedgeTerminator?? {
        terminators.allSatisfy { $0 == terminators[0] } ? .some(terminators[0]) : .none
    }

    // MARK: Letters and signs

    /// What stands around the known characters; the AIM identifier of the symbol is not part of it.
    private static func frame(_ text: String) throws(CalibrationProblem) -> (prefix: String, suffix: String) {
        let sent = CalibrationCode.characters.payload
        if let around = around(sent, in: text) {
            return (withoutAIM(around.before), around.after)
        }
        if around(sent.caseSwapped, in: text) != nil { throw .capsLock }
        for machine in KeyboardLayout.allCases where machine != .us {
            for (from, to) in [(KeyboardLayout.us, machine), (machine, .us)] {
                if let read = to.reads(sent, from: from), around(read, in: text) != nil {
                    throw .layoutMismatch(scanner: from, machine: to)
                }
            }
        }
        throw .charactersLost(Array(sent.unicodeScalars.filter { !text.unicodeScalars.contains($0) }))
    }

    private static func around(_ part: String, in text: String) -> (before: String, after: String)? {
        let (wanted, all) = (Array(part.unicodeScalars), Array(text.unicodeScalars))
        guard let start = all.indices.first(where: { all[$0...].starts(with: wanted) }) else { return nil }
        return (
            String(String.UnicodeScalarView(all[..<start])),
            String(String.UnicodeScalarView(all[(start + wanted.count)...]))
        )
    }

    private static func withoutAIM(_ prefix: String) -> String {
        let tail = String(prefix.suffix(3))
        guard let split = AIMIdentifier.split(tail), split.rest.isEmpty else { return prefix }
        return String(prefix.dropLast(3))
    }

    // MARK: Separators

    /// What arrived for GS; `nil` when it was GS itself.
    private static func substitute(
        _ text: String, _ settings: WedgeSettings
    ) throws(CalibrationProblem) -> String? {
        guard let (before, rest) = around(CalibrationCode.separatorHead, in: text),
            withoutAIM(before).trimmedGS == settings.prefix,
            let (found, after) = around(CalibrationCode.separatorTail, in: rest), after == settings.suffix
        else { throw .wrongCode }
        switch found {
        case "\u{1D}": return nil
        case "": throw .separatorLost
        default: return found
        }
    }

    private static func checkEnvelope(
        _ text: String, _ settings: WedgeSettings
    ) throws(CalibrationProblem) {
        guard let (before, content) = around("[)>", in: text), withoutAIM(before) == settings.prefix,
            content.hasSuffix(settings.suffix)
        else { throw .wrongCode }
        let separator = settings.gsSubstitute ?? "\u{1D}"
        guard around("06", in: content) != nil, around("SCAL1", in: content) != nil else { throw .wrongCode }
        guard content.contains("06\(separator)1PMUSTER\(separator)SCAL1") else { throw .separatorLost }
    }
}

extension String {
    /// Without the GS that some scanners send for the FNC1 in first position.
    fileprivate var trimmedGS: String { last == "\u{1D}" ? String(dropLast()) : self }
}
