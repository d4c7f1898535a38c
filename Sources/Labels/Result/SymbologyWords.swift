package import Model

extension Symbology {
    /// What people call it.
    package var words: String {
        switch self {
        case .qr: "QR code"
        case .microqr: "Micro QR code"
        case .code128: "Code 128"
        case .code39: "Code 39"
        case .code93: "Code 93"
        case .ean13: "EAN-13"
        case .ean8: "EAN-8"
        case .upca: "UPC-A"
        case .upce: "UPC-E"
        case .itf: "ITF"
        case .datamatrix: "Data Matrix"
        case .aztec: "Aztec code"
        case .pdf417: "PDF417"
        case .codabar: "Codabar"
        case .databar: "GS1 DataBar"
        }
    }
}
