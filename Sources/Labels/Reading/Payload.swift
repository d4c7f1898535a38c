package import Model

/// What one symbol carried, or a scanner delivered, or somebody typed: bytes, and what is known of where they
/// came from.
package struct Payload: Equatable, Sendable {
    /// Longest payload that is looked at: a QR code of version 40 holds 7,089 digits.
    package static let limitBytes = 7089

    package var bytes: [UInt8]
    package var symbology: Symbology?
    /// Such as `]d2`; it may also stand before the bytes. Source: ISO/IEC 15424.
    package var aimIdentifier: String?
    /// What stands beside the code, such as `IMEI`; reserved for readers that know it.
    package var context: String?
    /// Whether whoever read the symbol has doubts about the bytes; see `Symbol.isDisputed`.
    package var isDisputed = false

    package init(
        bytes: [UInt8], symbology: Symbology? = nil, aimIdentifier: String? = nil, context: String? = nil
    ) {
        self.bytes = bytes
        self.symbology = symbology
        self.aimIdentifier = aimIdentifier
        self.context = context
    }

    package init(text: String) {
        self.init(bytes: Array(text.utf8))
    }

    package init(_ symbol: Symbol) {
        self.init(bytes: symbol.bytes, symbology: symbol.symbology, aimIdentifier: symbol.aimIdentifier)
        isDisputed = symbol.isDisputed
    }
}
