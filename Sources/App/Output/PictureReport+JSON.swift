import Intake
import Labels
import Model
import Scanning

extension PictureReport {
    /// One object for each symbol, or one that says that there is none.
    func lines(reveal: Bool) -> [any Encodable] {
        guard !picture.symbols.isEmpty else { return [EmptyFile(file: path, symbols: 0)] }
        return codes.indices.map { line(at: $0, reveal: reveal) }
    }

    private func line(at index: Int, reveal: Bool) -> SymbolLine {
        let (symbol, code) = codes[index]
        let isHidden = code.reading.hasSecrets && !reveal
        let conflicts = reading.conflicts.filter { $0.first == index || $0.second == index }.map(
            \.topic.rawValue)
        return SymbolLine(
            bytes: isHidden ? Redacted<String>.placeholder : Base64.encode(symbol.bytes),
            conflicts: conflicts.isEmpty ? nil : conflicts, disputed: symbol.isDisputed ? true : nil,
            file: path,
            label: LabelJSON(code.reading, reveal: reveal), page: picture.pages > 1 ? symbol.page : nil,
            points: symbol.points.map { [$0.x, $0.y] }, profile: code.role == nil ? nil : reading.profile,
            role: code.role, rivals: code.rivals.isEmpty ? nil : code.rivals.map(\.format),
            symbology: symbol.symbology,
            text: isHidden ? Redacted<String>.placeholder : String(decoding: symbol.bytes, as: UTF8.self))
    }

    /// What the codes say together.
    var together: any Encodable {
        switch device {
        case .failure(let error): TogetherLine(error: error.explanation.id, file: path, remarks: remarks)
        case .success(let device):
            TogetherLine(
                fields: device.identity.fields, file: path, identifies: identity != nil,
                missing: device.missing,
                product: reading.product?.rawValue, profile: reading.profile, remarks: remarks)
        }
    }

    private struct SymbolLine: Encodable {
        var bytes: String
        var conflicts: [String]?
        var disputed: Bool?
        var file: String
        var label: LabelJSON
        var page: Int?
        var points: [[Int]]
        var profile: String?
        var role: String?
        var rivals: [String]?
        var symbology: Symbology
        var text: String
    }

    private struct EmptyFile: Encodable {
        var file: String
        var symbols: Int
    }

    private struct TogetherLine: Encodable {
        var error: String?
        var fields: [String: String]?
        var file: String
        var identifies: Bool = false
        var missing: [String]?
        var product: String?
        var profile: String?
        var remarks: [String]
    }
}
