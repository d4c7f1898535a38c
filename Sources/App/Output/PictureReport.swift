import Intake
import Labels
import Model
import ScanProtocol
import Scanning

/// What the codes of one picture say, each by itself and together.
struct PictureReport {
    let path: String
    let picture: ScannedPicture
    let reader: LabelReader
    let reading: LabelReading
    /// The device that they name together, or why they name none.
    let device: Result<CapturedDevice, IntakeError>

    init(_ picture: ScannedPicture, of path: String, reader: LabelReader) {
        self.path = path
        self.picture = picture
        self.reader = reader
        let payloads = picture.symbols.map { Payload($0) }
        reading = reader.read(label: payloads)
        do throws(IntakeError) {
            var evidence = LabelEvidence()
            try evidence.add(payloads, with: reader)
            device = .success(try evidence.device(product: nil, products: []))
        } catch {
            device = .failure(error)
        }
    }

    /// Every symbol with what it says.
    var codes: [(symbol: Symbol, code: LabelReading.Code)] { Array(zip(picture.symbols, reading.codes)) }

    /// The single device that the picture names without a doubt.
    var identity: DeviceIdentity? {
        guard case .success(let device) = device, !device.needsPerson, device.identity.lane != nil else {
            return nil
        }
        return device.identity
    }

    /// What has to be looked at before the label is used, in words; empty when nothing has.
    var remarks: [String] {
        guard !picture.symbols.isEmpty else {
            return ["No code could be read: take the picture closer, sharper, without glare."]
        }
        var remarks: [String] = []
        switch device {
        case .failure(.contradiction(let field, let known, let new)):
            remarks.append(
                "The codes give two values for \(field), `\(known)` and `\(new)`: they are of two devices, or one is no \(field)."
            )
            if reading.profile == nil, field == "serial" {
                remarks.append("If they are of one device, teach Muster such labels: `muster label learn`.")
            }
        case .failure(.notUnderstood(let failure)):
            remarks.append("\(failure.explanation.what) \(failure.explanation.nextStep)")
        case .failure(.serialMalformed): break
        case .success(let device):
            remarks += device.remarks
            if device.isDisputed {
                remarks.append(
                    "The code was read in doubt: compare it with the label, or take the picture again.")
            } else if !device.rivals.isEmpty {
                remarks.append("The code can be read in two ways: scan another code of the label too.")
            } else if device.identity.lane == nil {
                remarks.append("No code names a single device: scan the code with the serial too.")
            }
        }
        return remarks + pageRemarks
    }

    private var pageRemarks: [String] {
        let pages = picture.pageCount
        return
            (pages.leftOut.map { ["Pages \($0.lowerBound) to \($0.upperBound) were not looked at."] } ?? [])
            + pages.failed.map { "Page \($0) could not be read." }
    }
}

// MARK: - For scripts

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

// MARK: - For people

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
