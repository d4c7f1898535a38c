internal import Model

/// Several sightings of what is one symbol in the picture.
struct SightedSymbol {
    private(set) var sightings: [Sighting]

    /// Independent reads of the same bytes.
    var witnesses: Set<Witness> { Set(sightings.map(\.witness)) }
    var symbology: Symbology { sightings.contains { $0.symbology == .upca } ? .upca : sightings[0].symbology }
    fileprivate var box: Box? { Box(around: sightings.flatMap(\.outline)) }

    /// Groups sightings by symbol: the same kind and bytes in the same place.
    ///
    /// Two matrix symbols of one kind in one place are one symbol even when the bytes differ: ZBar turns text
    /// with a stated encoding (ECI) into UTF-8 where ZXing gives the bytes.
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

    private func holds(_ sighting: Sighting) -> Bool {
        guard let box, let other = Box(around: sighting.outline) else { return false }
        // A linear symbol is often seen as one line only, and each engine sees another.
        guard box.meets(other, margin: sighting.symbology.isMatrix ? 0 : 12) else { return false }
        guard !sighting.symbology.isMatrix else {
            return symbology == sighting.symbology && box.covers(middleOf: other)
        }
        return Self.digits(sightings[0]) == Self.digits(sighting)
    }

    /// What makes two linear reads the same: kind and bytes, a UPC-A being an EAN-13 that begins with 0.
    private static func digits(_ sighting: Sighting) -> Key {
        switch sighting.symbology {
        case .upca: Key(symbology: .ean13, bytes: [UInt8(ascii: "0")] + sighting.bytes.suffix(12))
        case let symbology: Key(symbology: symbology, bytes: sighting.bytes)
        }
    }

    private struct Key: Equatable {
        var symbology: Symbology
        var bytes: [UInt8]
    }

    /// Whether two symbols claim one place with different bytes.
    func disputes(_ other: SightedSymbol) -> Bool {
        guard symbology.needsTwoReads, other.symbology.needsTwoReads, let box, let theirs = other.box else {
            return false
        }
        return box.meets(theirs, margin: 0)
    }

    /// The symbol as reported: bytes and identifier of ZXing where it saw it, else of ZBar; for a linear
    /// symbol the widest outline, for a matrix symbol ZXing's corners.
    var merged: Symbol {
        let best = sightings.first { $0.witness.engine == .zxing } ?? sightings[0]
        let outline = symbology.isMatrix ? best.outline : rectangle(around: sightings.flatMap(\.outline))
        // A UPC-A that one engine called EAN-13 keeps its own twelve digits.
        let bytes = symbology == .upca ? Array(best.bytes.suffix(12)) : best.bytes
        return Symbol(
            symbology: symbology, bytes: bytes,
            aimIdentifier: best.aimIdentifier ?? sightings.lazy.compactMap(\.aimIdentifier).first,
            points: outline.map { Point(x: Int($0.x.rounded()), y: Int($0.y.rounded())) })
    }
}

extension Box {
    /// Whether the middle of the other lies within this one, or the other way round.
    fileprivate func covers(middleOf other: Box) -> Bool { contains(other.middle) || other.contains(middle) }

    private var middle: Spot { Spot(x: (left + right) / 2, y: (top + bottom) / 2) }

    private func contains(_ spot: Spot) -> Bool {
        spot.x >= left && spot.x <= right && spot.y >= top && spot.y <= bottom
    }
}
