internal import Model

/// Several sightings of what is one symbol in the picture.
struct SightedSymbol {
    private(set) var sightings: [Sighting]

    var symbology: Symbology { sightings.contains { $0.symbology == .upca } ? .upca : sightings[0].symbology }
    var box: Box? { Box(around: sightings.flatMap(\.outline)) }
    /// The smallest rectangle around all its sightings.
    var outline: [Spot] { rectangle(around: sightings.flatMap(\.outline)) }

    /// Groups sightings by symbol: the same kind and bytes in the same place.
    ///
    /// Two matrix symbols of one kind in one place are one symbol even when the bytes differ, as one of the
    /// reads is then wrong.
    static func group(_ sightings: [Sighting]) -> [SightedSymbol] {
        var groups: [SightedSymbol] = []
        for sighting in sightings {
            if let index = groups.firstIndex(where: { $0.holds(sighting) }) {
                groups[index].sightings.append(sighting)
            } else {
                groups.append(SightedSymbol(sightings: [sighting]))
            }
        }
        return groups
    }

    /// Whether it is linear and was met by so few scan lines that they span no area.
    var needsOutline: Bool { !symbology.isMatrix && outline.count < 3 }

    private func holds(_ sighting: Sighting) -> Bool {
        guard let box, let other = Box(around: sighting.outline) else { return false }
        // A linear symbol is often seen as one line only, and each engine sees another.
        guard box.meets(other, margin: sighting.symbology.isMatrix ? 0 : 12) else { return false }
        guard !sighting.symbology.isMatrix else {
            return symbology == sighting.symbology && box.covers(middleOf: other)
        }
        return Reading(sightings[0]) == Reading(sighting)
    }

    /// Whether two linear symbols claim one place with different bytes.
    func contests(_ other: SightedSymbol) -> Bool {
        guard !symbology.isMatrix, !other.symbology.isMatrix,
            Reading(sightings[0]) != Reading(other.sightings[0]),
            let middle = box?.middle, let theirs = other.box?.middle
        else { return false }
        return isInside(theirs, outline) || isInside(middle, other.outline)
    }

    /// Whether a linear read lies within this matrix symbol: its modules look like bars to a scan line.
    func swallows(_ other: SightedSymbol) -> Bool {
        guard symbology.isMatrix, !other.symbology.isMatrix, let box, let theirs = other.box else {
            return false
        }
        return box.holds(theirs, margin: max(box.right - box.left, box.bottom - box.top) / 8)
    }

    /// The symbol as reported: bytes and identifier of ZXing where it saw it so, else of another; for a linear
    /// symbol the widest outline, for a matrix symbol ZXing's corners.
    func symbol(reading: Reading, isDisputed: Bool) -> Symbol {
        let alike = sightings.filter { Reading($0) == reading }
        let best = alike.first { $0.witness.engine == .zxing } ?? alike.first ?? sightings[0]
        let corners = symbology.isMatrix ? best.outline : outline
        // A UPC-A that one engine called EAN-13 keeps its own twelve digits.
        let bytes = symbology == .upca ? Array(best.bytes.suffix(12)) : best.bytes
        return Symbol(
            symbology: symbology, bytes: bytes,
            aimIdentifier: best.aimIdentifier ?? alike.lazy.compactMap(\.aimIdentifier).first,
            points: corners.map { Point(x: Int($0.x.rounded()), y: Int($0.y.rounded())) },
            isDisputed: isDisputed)
    }
}

/// What makes two reads the same: kind and bytes, a UPC-A being an EAN-13 that begins with 0.
struct Reading: Hashable {
    private var symbology: Symbology
    private var bytes: [UInt8]

    init(_ sighting: Sighting) {
        (symbology, bytes) = (sighting.symbology, sighting.bytes)
        switch sighting.symbology {
        case .upca:
            symbology = .ean13
            bytes = [UInt8(ascii: "0")] + sighting.bytes.suffix(12)
        case .code128:
            // ZBar leaves out FNC4, which sets the high bit of what follows.
            bytes = sighting.bytes.map { $0 & 0x7F }
        case .qr, .microqr, .datamatrix, .aztec, .pdf417, .ean13, .ean8, .upce, .itf, .code39, .code93,
            .codabar, .databar:
            break
        }
    }
}

extension Box {
    /// Whether the middle of the other lies within this one, or the other way round.
    func covers(middleOf other: Box) -> Bool { contains(other.middle) || other.contains(middle) }

    var middle: Spot { Spot(x: (left + right) / 2, y: (top + bottom) / 2) }

    /// Whether the other lies within this one, give or take `margin` pixels.
    fileprivate func holds(_ other: Box, margin: Double) -> Bool {
        other.left >= left - margin && other.right <= right + margin && other.top >= top - margin
            && other.bottom <= bottom + margin
    }

    private func contains(_ spot: Spot) -> Bool {
        spot.x >= left && spot.x <= right && spot.y >= top && spot.y <= bottom
    }
}
