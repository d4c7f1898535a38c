internal import Model

/// One symbol as one engine saw it in one view of the picture.
struct Sighting: Equatable {
    var symbology: Symbology
    var bytes: [UInt8]
    /// As the engine says, or as made from what it says.
    var aimIdentifier: String?
    /// In the original picture.
    var outline: [Spot]
    var witness: Witness
    /// Where it is one of several symbols that hold one text together.
    var part: SeriesPart?
}

/// Who saw a symbol and where: two different ones are independent reads.
struct Witness: Hashable {
    enum Engine: Hashable { case zbar, zxing, dmtx }

    var engine: Engine
    var view: ViewName
}

/// The changed copies that are looked at.
enum ViewName: Hashable {
    /// As it is, or shrunk to the size at which the engines work best.
    case plain
    case doubled
    case halved
    case inverted
    /// One of the overlapping parts of the picture.
    case tile
    /// A strip around a linear symbol.
    case strip
    /// What looks like a matrix symbol, and the same larger.
    case patch
    case patchDoubled
    /// Two thirds and one and a half of the working size.
    case reduced
    case enlarged
    /// An Aztec symbol as if looked at from straight above.
    case straightened
}

extension Symbology {
    /// Symbols without a check digit, or with one that passes on a wrong read in ten: they count only when
    /// read twice alike.
    var needsTwoReads: Bool {
        switch self {
        case .ean13, .ean8, .upca, .upce, .itf, .code39: true
        case .qr, .microqr, .code128, .code93, .datamatrix, .aztec, .pdf417, .codabar, .databar:
            false
        }
    }

    /// Two-dimensional symbols: two of them cannot share a place.
    var isMatrix: Bool {
        switch self {
        case .qr, .microqr, .datamatrix, .aztec, .pdf417: true
        case .ean13, .ean8, .upca, .upce, .itf, .code128, .code39, .code93, .codabar, .databar: false
        }
    }
}
