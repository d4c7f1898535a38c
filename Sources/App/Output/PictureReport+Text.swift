import Intake
import Labels
import Model
import Scanning

extension PictureReport {
    /// Code by code and field by field.
    func explanation(reveal: Bool) -> [String] {
        var lines = [
            "\(path): \(Self.count(picture.symbols.count))"
                + (picture.pages > 1 ? ", \(picture.pages) pages" : "")
        ]
        for (index, (symbol, code)) in codes.enumerated() {
            let explanation = LabelExplanation(
                code: code, payload: Payload(symbol), reader: reader, reveal: reveal)
            lines.append("")
            lines.append(
                "  \(index + 1)  \(symbol.symbology.words)\(page(of: symbol)): \(explanation.heading)")
            if symbol.isDisputed { lines.append("     ! It was read in doubt: compare it with the label.") }
            lines += explanation.details.map { "     " + $0 }
        }
        lines.append("")
        if let identity { lines.append("  ✓ One device: \(identity.displayName)\(profileWords)") }
        // What is wrong with a single code has been said with it.
        if case .failure(.notUnderstood) = device, codes.count == 1 { return lines.dropLast() + pageRemarks }
        return lines + remarks.map { "  ! " + $0 }
    }

    private var profileWords: String { reading.profile.map { ", by the profile \($0)" } ?? "" }

    private func page(of symbol: Symbol) -> String { picture.pages > 1 ? " on page \(symbol.page)" : "" }

    private static func count(_ codes: Int) -> String {
        switch codes {
        case 0: "no code"
        case 1: "1 code"
        default: "\(codes) codes"
        }
    }

    /// The columns of a table of many pictures.
    static let columns = ["", "PICTURE", "CODE", "READ AS", "SAYS"]

    /// A row for each code.
    var rows: [[String]] {
        guard !picture.symbols.isEmpty else { return [["!", path, "–", "–", "no code could be read"]] }
        return codes.map { symbol, code in
            [
                mark(symbol, code), path, symbol.symbology.words + page(of: symbol), format(of: code),
                LabelExplanation(code: code, payload: Payload(symbol), reader: reader, reveal: false).summary,
            ]
        }
    }

    private func mark(_ symbol: Symbol, _ code: LabelReading.Code) -> String {
        if case .failure = code.reading { return "!" }
        if symbol.isDisputed || !code.rivals.isEmpty { return "?" }
        guard case .failure(.contradiction) = device else { return "✓" }
        return "!"
    }

    private func format(of code: LabelReading.Code) -> String {
        switch code.reading {
        case .success(let label): FormatWords.name(of: label.format)
        case .failure(let failure): failure.format.map(FormatWords.name) ?? "–"
        }
    }
}
