package import Model

/// Finds the symbols of a picture: ZBar and ZXing one after the other, and changed copies when both see
/// nothing. Not to be shared between threads.
package final class Decoder {
    /// The long side at which ZBar looks at a picture: larger ones cost time and gain nothing.
    private static let workingLongSide = 1600
    private let zbar: ZBarEngine
    private let zxing = ZXingEngine()

    /// `nil` when there is no memory for the engines.
    package init?() {
        guard let zbar = ZBarEngine() else { return nil }
        self.zbar = zbar
    }

    /// Looks for symbols with both engines, closer and at changed copies where that may help.
    ///
    /// EAN, UPC, ITF and Code 39 symbols are reported only when two engines, or one at two sizes, read them alike.
    ///
    /// - Parameters:
    ///   - picture: upright.
    ///   - thorough: whether changed copies are tried when the picture itself shows nothing.
    /// - Returns: all that can be read, each once, from the top of the picture down.
    package func symbols(in picture: GrayPicture, thorough: Bool = true) -> [Symbol] {
        let working = View.shrunk(picture, longSide: Self.workingLongSide)
        let looks = thorough ? [firstLook, closerLook, invertedLook, turnedLook] : [firstLook]
        for look in looks {
            let sightings = look(picture, working).filter(isPlausible)
            let symbols = confirmed(SightedSymbol.group(sightings), in: picture, working)
            if !symbols.isEmpty { return outlined(symbols, in: picture).map(\.merged).sorted(by: isAbove) }
        }
        return []
    }

    // MARK: Looks

    private func firstLook(_ picture: GrayPicture, _ working: View) -> [Sighting] {
        let full = View(picture)
        return zbar.sightings(in: working, named: .plain) + zxing.matrixSightings(in: full, named: .plain)
            + ZXingEngine.Formats.linearKinds.flatMap { zxing.sighting(of: $0, in: full, named: .plain) }
    }

    /// Twice the working size: for small or far symbols. One symbol a kind, as ZXing 1.4 may abort otherwise.
    private func closerLook(_ picture: GrayPicture, _ working: View) -> [Sighting] {
        let doubled = View.doubled(working.picture).after(working)
        let kinds = [ZXingEngine.Formats.matrix] + ZXingEngine.Formats.linearKinds
        return zbar.sightings(in: doubled, named: .doubled)
            + kinds.flatMap { zxing.sighting(of: $0, in: doubled, named: .doubled) }
    }

    /// Light on dark: ZBar tries that itself for most symbols, ZXing 1.4 does not.
    private func invertedLook(_ picture: GrayPicture, _ working: View) -> [Sighting] {
        let inverted = View(picture.inverted())
        return zbar.sightings(in: View(working.picture.inverted()).after(working), named: .inverted)
            + zxing.matrixSightings(in: inverted, named: .inverted)
            + ZXingEngine.Formats.linearKinds.flatMap {
                zxing.sighting(of: $0, in: inverted, named: .inverted)
            }
    }

    /// Linear symbols that lie slanted, which no engine reads between about 15° and 75°.
    private func turnedLook(_ picture: GrayPicture, _ working: View) -> [Sighting] {
        [22.5, 45, 67.5].flatMap { degrees in
            let turned = View.turned(working.picture, degrees: degrees).after(working)
            let name = ViewName.turned(degrees: Int(degrees))
            return zbar.sightings(in: turned, named: name)
                + ZXingEngine.Formats.linearKinds.flatMap { zxing.sighting(of: $0, in: turned, named: name) }
        }
    }

    // MARK: What counts

    /// Short Code 39, and ITF that is no ITF-14, come out of stripes and cut-off symbols.
    private func isPlausible(_ sighting: Sighting) -> Bool {
        switch sighting.symbology {
        case .code39: sighting.bytes.count >= 4
        case .itf: sighting.bytes.count == 14
        case .qr, .microqr, .code128, .code93, .ean13, .ean8, .upca, .upce, .datamatrix, .aztec, .pdf417,
            .codabar, .databar:
            true
        }
    }

    private func confirmed(
        _ symbols: [SightedSymbol], in picture: GrayPicture, _ working: View
    ) -> [SightedSymbol] {
        var symbols = symbols
        if symbols.contains(where: { $0.symbology.needsTwoReads && $0.witnesses.count < 2 }) {
            let again = secondReads(of: picture, working)
            symbols = SightedSymbol.group(symbols.flatMap(\.sightings) + again.filter(isPlausible))
        }
        let sure = symbols.filter { !$0.symbology.needsTwoReads || $0.witnesses.count >= 2 }
        return sure.filter { symbol in
            !sure.contains {
                symbol.disputes($0) && $0.merged != symbol.merged
                    && $0.witnesses.count >= symbol.witnesses.count
            }
        }
    }

    /// The symbols that need two reads, at half and twice the size.
    private func secondReads(of picture: GrayPicture, _ working: View) -> [Sighting] {
        let doubled = View.doubled(working.picture).after(working)
        let halved = View.shrunk(picture, longSide: max(1, working.picture.longSide / 2))
        return [(doubled, ViewName.doubled), (halved, .halved)].flatMap { view, name in
            (zbar.sightings(in: view, named: name)
                + [.retail, .itf, .code39].flatMap { zxing.sighting(of: $0, in: view, named: name) })
                .filter { $0.symbology.needsTwoReads }
        }
    }

    // MARK: Where they are

    private static let mostStrips = 8
    /// Half the height of the strip that is looked at around one scan line, in pixels.
    private static let stripMargin = 60.0

    /// Looks again, in a strip alone, at linear symbols of which too few scan lines were read to say where
    /// they are.
    private func outlined(_ symbols: [SightedSymbol], in picture: GrayPicture) -> [SightedSymbol] {
        let thin = symbols.filter(\.needsOutline).prefix(Self.mostStrips)
        guard !thin.isEmpty else { return symbols }
        let again = thin.flatMap { symbol in
            strips(around: symbol, in: picture).flatMap { strip in
                zbar.sightings(in: strip, named: .strip)
                    + ZXingEngine.Formats.linearKinds.flatMap {
                        zxing.sighting(of: $0, in: strip, named: .strip)
                    }
            }
        }
        let known = again.filter { sighting in
            thin.contains { $0.symbology == sighting.symbology && $0.merged.bytes == sighting.bytes }
        }
        return SightedSymbol.group(symbols.flatMap(\.sightings) + known)
    }

    /// Along the rows and along the columns, as it is not known which way the symbol lies.
    private func strips(around symbol: SightedSymbol, in picture: GrayPicture) -> [View] {
        guard let box = symbol.box else { return [] }
        var (row, column) = (box, box)
        (row.left, row.right) = (0, Double(picture.width))
        (row.top, row.bottom) = (box.top - Self.stripMargin, box.bottom + Self.stripMargin)
        (column.top, column.bottom) = (0, Double(picture.height))
        (column.left, column.right) = (box.left - Self.stripMargin, box.right + Self.stripMargin)
        return [View.cropped(picture, to: row), View.cropped(picture, to: column)]
    }

    private func isAbove(_ left: Symbol, _ right: Symbol) -> Bool {
        guard let first = left.points.map(\.y).min(), let second = right.points.map(\.y).min() else {
            return false
        }
        return first < second
    }
}
