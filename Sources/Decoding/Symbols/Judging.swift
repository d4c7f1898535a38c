internal import Model

/// How far the sightings of one symbol can be trusted.
enum Trust: Comparable {
    /// Too little to be shown.
    case none
    /// To be shown as doubtful: its reads differ, are too few, or are a part of something.
    case disputed
    /// Sure.
    case full
}

/// Which of the symbols in a picture count, and how far.
struct Judgement {
    private(set) var symbols: [SightedSymbol]

    /// - Parameter sightings: of all looks so far.
    init(_ sightings: [Sighting]) {
        let groups = SightedSymbol.group(sightings.filter(\.isPlausible))
        symbols = groups.filter { symbol in !groups.contains { $0.swallows(symbol) } }
    }

    /// Symbols that a second read would make sure.
    var unsure: [SightedSymbol] { symbols.filter { trust(in: $0) != .full } }

    /// Whether a symbol is read beyond doubt.
    var holdsSure: Bool { symbols.contains { trust(in: $0) == .full } }

    /// What is reported.
    var verdict: [Symbol] {
        symbols.compactMap { symbol in
            let trust = trust(in: symbol)
            guard trust > .none else { return nil }
            return symbol.symbol(reading: symbol.best, isDisputed: trust < .full)
        }
    }

    /// The trust in a symbol beside those that claim the same place.
    func trust(in symbol: SightedSymbol) -> Trust {
        let rivals = symbols.filter { $0.contests(symbol) }
        guard let strongest = rivals.map(\.weight).max() else { return symbol.ownTrust }
        if strongest > symbol.weight { return .none }
        return strongest == symbol.weight ? min(symbol.ownTrust, .disputed) : symbol.ownTrust
    }

    /// Replaces what was sighted by the same and more.
    mutating func add(_ sightings: [Sighting]) {
        self = Judgement(symbols.flatMap(\.sightings) + sightings)
    }
}

extension SightedSymbol {
    /// Support by engines first, as one engine errs alike at every size, then by looks.
    struct Weight: Comparable {
        var engines: Int
        var looks: Int

        static func < (left: Weight, right: Weight) -> Bool {
            (left.engines, left.looks) < (right.engines, right.looks)
        }
    }

    /// The support for its best reading.
    var weight: Weight { weight(of: best) }

    /// The reading with the most support.
    var best: Reading {
        readings.max { weight(of: $0) < weight(of: $1) } ?? Reading(sightings[0])
    }

    /// Its trust, were it alone in its place.
    var ownTrust: Trust {
        guard sightings.allSatisfy({ $0.part == nil }) else { return .disputed }
        let others = readings.filter { $0 != best }.map { weight(of: $0) }
        if let strongest = others.max(), !(strongest < weight) { return .disputed }
        if symbology.needsTwoReads { return weight.engines >= 2 ? .full : weight.looks >= 2 ? .disputed : .none }
        let isDmtxAlone = sightings.allSatisfy { $0.witness.engine == .dmtx }
        return isDmtxAlone && weight.looks < 2 ? .disputed : .full
    }

    private var readings: [Reading] {
        var readings: [Reading] = []
        for sighting in sightings where !readings.contains(Reading(sighting)) {
            readings.append(Reading(sighting))
        }
        return readings
    }

    private func weight(of reading: Reading) -> Weight {
        let witnesses = Set(sightings.filter { Reading($0) == reading }.map(\.witness))
        return Weight(engines: Set(witnesses.map(\.engine)).count, looks: witnesses.count)
    }
}

extension Sighting {
    /// Short Code 39, and ITF that is no ITF-14, come out of stripes and cut-off symbols.
    fileprivate var isPlausible: Bool {
        switch symbology {
        case .code39: bytes.count >= 4
        case .itf: bytes.count == 14 && hasCheckDigit
        case .qr, .microqr, .datamatrix, .aztec, .pdf417: !bytes.isEmpty
        case .code128, .code93, .ean13, .ean8, .upca, .upce, .codabar, .databar: true
        }
    }

    /// GS1 General Specifications, 7.9: weights 3 and 1 from the right.
    private var hasCheckDigit: Bool {
        let sum = bytes.reversed().enumerated().reduce(0) { sum, digit in
            sum + Int(digit.element & 0xF) * (digit.offset.isMultiple(of: 2) ? 1 : 3)
        }
        return sum.isMultiple(of: 10)
    }
}
