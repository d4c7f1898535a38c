/// The kinds of symbol that Muster names, spelled as its JSON output spells them.
package enum Symbology: String, Codable, CaseIterable, Sendable {
    case qr, microqr, code128, code39, code93, ean13, ean8, upca, upce, itf, datamatrix, aztec, pdf417,
        codabar
    case databar
}

/// A corner or point in a picture, in pixels of the upright picture: `x` to the right, `y` down.
package struct Point: Equatable, Sendable {
    package var x: Int
    package var y: Int

    package init(x: Int, y: Int) {
        self.x = x
        self.y = y
    }
}

/// One barcode found in a picture: what kind it is, the bytes it carries, and where it is.
package struct Symbol: Equatable, Sendable {
    package var symbology: Symbology
    /// As the symbol holds them; FNC1 within GS1 data arrives as GS (0x1D). May hold any byte, NUL included.
    package var bytes: [UInt8]
    /// The AIM symbology identifier where the engine reports one, such as `]d2`.
    package var aimIdentifier: String?
    /// The outline in reading order of corners where the engine gives four; otherwise what it gives.
    package var points: [Point]
    /// Which page of a document or frame of an animation shows it, from 1; `points` are in its pixels.
    package var page: Int = 1
    /// Whether it has to be compared with the label before it is used: reads of it differ, or it was read
    /// less often than its kind needs, or it is one part of a text that several symbols hold together.
    package var isDisputed: Bool

    package init(
        symbology: Symbology, bytes: [UInt8], aimIdentifier: String? = nil, points: [Point] = [],
        isDisputed: Bool = false
    ) {
        self.symbology = symbology
        self.bytes = bytes
        self.aimIdentifier = aimIdentifier
        self.points = points
        self.isDisputed = isDisputed
    }
}
