internal import CZXing
internal import Model

/// Reads matrix symbols (all of a picture) and linear ones (one of each kind) with ZXing-C++.
///
/// Several symbols of a series (structured append) that one picture shows whole come as one.
struct ZXingEngine {
    /// A set of symbologies to look for in one pass.
    struct Formats: OptionSet {
        let rawValue: Int32

        static let matrix = Formats(
            rawValue: Int32(CZXING_QR) | Int32(CZXING_MICRO_QR) | Int32(CZXING_DATA_MATRIX)
                | Int32(CZXING_AZTEC) | Int32(CZXING_PDF417))
        /// Those it finds only near the middle of what it looks at, and soon.
        static let middling = Formats(rawValue: Int32(CZXING_DATA_MATRIX) | Int32(CZXING_AZTEC))
        /// Beside formats: one threshold between black and white, for blurred symbols.
        static let oneThreshold = Formats(rawValue: Int32(CZXING_ONE_THRESHOLD))
        static let aztec = Formats(rawValue: Int32(CZXING_AZTEC))
        static let code128 = Formats(rawValue: Int32(CZXING_CODE_128))
        static let code39 = Formats(rawValue: Int32(CZXING_CODE_39))
        static let retail = Formats(
            rawValue: Int32(CZXING_EAN_13) | Int32(CZXING_EAN_8) | Int32(CZXING_UPC_A) | Int32(CZXING_UPC_E))
        static let itf = Formats(rawValue: Int32(CZXING_ITF))

        static let linear: Formats = [.code128, .code39, .retail, .itf]

        /// The set among those above that is sought together with this symbology.
        static func kind(of symbology: Symbology) -> Formats {
            switch symbology {
            case .code128: .code128
            case .code39: .code39
            case .ean13, .ean8, .upca, .upce: .retail
            case .itf: .itf
            case .qr, .microqr, .datamatrix, .aztec, .pdf417: .matrix
            case .code93, .codabar, .databar: []
            }
        }
    }

    private static let mostSymbols = 64

    /// Every matrix symbol.
    func matrixSightings(in view: View, named name: ViewName) -> [Sighting] {
        sightings(of: .matrix, multiple: true, in: view, named: name)
    }

    /// One linear symbol of each kind: the first of any, then what else there is. With more than one symbol
    /// allowed in a pass, 1.4 may abort.
    func linearSightings(
        of formats: Formats = .linear, in view: View, named name: ViewName
    ) -> [Sighting] {
        var found: [Sighting] = []
        var wanted = formats
        while !wanted.isEmpty, let next = sighting(of: wanted, in: view, named: name).first {
            found.append(next)
            wanted.subtract(.kind(of: next.symbology))
        }
        return found
    }

    /// At most one symbol of the given formats.
    func sighting(of formats: Formats, in view: View, named name: ViewName) -> [Sighting] {
        sightings(of: formats, multiple: false, in: view, named: name)
    }

    private func sightings(
        of formats: Formats, multiple: Bool, in view: View, named name: ViewName
    ) -> [Sighting] {
        let picture = view.picture
        var symbols = [czxing_symbol](repeating: czxing_symbol(), count: multiple ? Self.mostSymbols : 1)
        let count = picture.pixels.withUnsafeBufferPointer { pixels in
            czxing_read(
                pixels.baseAddress, Int32(picture.width), Int32(picture.height), formats.rawValue,
                multiple ? 1 : 0, &symbols, Int32(symbols.count))
        }
        guard count > 0 else { return [] }
        defer { czxing_release(&symbols, count) }
        return joiningSeries(
            symbols.prefix(Int(count)).compactMap { sighting(of: $0, in: view, named: name) })
    }

    private func sighting(of symbol: czxing_symbol, in view: View, named name: ViewName) -> Sighting? {
        guard let symbology = Self.symbology(of: symbol.format) else { return nil }
        let bytes = Array(UnsafeBufferPointer(start: symbol.bytes, count: symbol.count))
        let x = [symbol.x.0, symbol.x.1, symbol.x.2, symbol.x.3]
        let y = [symbol.y.0, symbol.y.1, symbol.y.2, symbol.y.3]
        let identifier = withUnsafeBytes(of: symbol.identifier, Self.text)
        let part = SeriesPart(
            id: withUnsafeBytes(of: symbol.series, Self.text), index: Int(symbol.part_index),
            count: Int(symbol.part_count))
        return Sighting(
            symbology: symbology, bytes: bytes, aimIdentifier: identifier.isEmpty ? nil : identifier,
            outline: zip(x, y).map { view.original(Spot(x: Double($0), y: Double($1))) },
            witness: Witness(engine: .zxing, view: name),
            part: part.index >= 0 && part.count != 1 ? part : nil)
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    private static func symbology(of format: Int32) -> Symbology? {
        switch Int(format) {
        case Int(CZXING_QR): .qr
        case Int(CZXING_MICRO_QR): .microqr
        case Int(CZXING_DATA_MATRIX): .datamatrix
        case Int(CZXING_AZTEC): .aztec
        case Int(CZXING_PDF417): .pdf417
        case Int(CZXING_CODE_128): .code128
        case Int(CZXING_CODE_39): .code39
        case Int(CZXING_EAN_13): .ean13
        case Int(CZXING_EAN_8): .ean8
        case Int(CZXING_UPC_A): .upca
        case Int(CZXING_UPC_E): .upce
        case Int(CZXING_ITF): .itf
        default: nil
        }
    }
}
