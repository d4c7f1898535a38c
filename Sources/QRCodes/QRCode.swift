internal import CQREncode
package import Model

/// A QR code as a square of modules, for screens. Source: ISO/IEC 18004, made by libqrencode.
package struct QRCode: Equatable, Sendable {
    /// Row by row; `true` is dark. Without the quiet zone.
    package let modules: [[Bool]]

    /// The smallest code that holds the bytes, at error correction level L: a screen is neither torn nor dirty.
    ///
    /// - Throws: `QRCodeError` for no bytes, or more than a code can hold (2,953).
    package init(_ text: String) throws(QRCodeError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .empty }
        // Alphanumeric mode needs the least room; the library takes it where the text allows.
        let code = text.withCString { QRcode_encodeString($0, 0, QR_ECLEVEL_L, QR_MODE_8, 1) }
        guard let code, let data = code.pointee.data else { throw .tooLong(bytes: bytes.count) }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        modules = (0..<width).map { row in (0..<width).map { data[row * width + $0] & 1 == 1 } }
    }
}

package enum QRCodeError: Explained, Equatable, Sendable {
    case empty
    case tooLong(bytes: Int)

    package var explanation: Explanation {
        switch self {
        case .empty:
            Explanation(
                id: "qr_empty", what: "No code was drawn: there is nothing to draw.", nextStep: "Report this."
            )
        case .tooLong(let bytes):
            Explanation(
                id: "qr_too_long", what: "No code was drawn: \(bytes) bytes are more than a code holds.",
                nextStep: "Read the text instead.")
        }
    }
}
