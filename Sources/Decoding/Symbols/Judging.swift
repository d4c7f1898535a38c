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

    /// The kinds of symbols that a further read might make sure.
    var weak: [Symbology] {
        symbols.filter { $0.symbology.needsTwoReads && trust(in: $0) != .full }.map(\.symbology)
    }

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
        symbol.trust(besides: symbols.filter { $0.contests(symbol) })
    }

    /// Replaces what was sighted by the same and more.
    mutating func add(_ sightings: [Sighting]) {
        self = Judgement(symbols.flatMap(\.sightings) + sightings)
    }
}

extension SightedSymbol {
    /// How often a text was read.
    ///
    /// One of the weak kinds is confirmed by two looks with ZXing among them, or by ZBar at three sizes with
    /// a smaller one among them. Over 190 photographs ZXing misread none twice; ZBar misread seven, each
    /// alike at several sizes, and none at a smaller one, where only clear bars are left.
    private struct Support: Comparable {
        var isConfirmed: Bool
        var isSeenByZXing: Bool
        var looks: Int

        static func < (left: Support, right: Support) -> Bool { left.rank < right.rank }

        private var rank: (Int, Int, Int) { (isConfirmed ? 1 : 0, looks, isSeenByZXing ? 1 : 0) }
    }

    /// The reading with the most support.
    var best: Reading {
        let ranked = readings.map { (reading: $0, support: support(of: $0)) }
        return ranked.max { $0.support < $1.support }?.reading ?? Reading(sightings[0])
    }

    /// Its trust beside symbols that claim the same place.
    func trust(besides rivals: [SightedSymbol]) -> Trust {
        let own = support(of: best)
        let others =
            rivals.map { $0.support(of: $0.best) } + readings.filter { $0 != best }.map { support(of: $0) }
        let strong = others.filter(\.isConfirmed)
        guard own.isConfirmed else {
            guard strong.isEmpty else { return .none }
            return own.looks >= 2 || symbology.isMatrix ? .disputed : .none
        }
        let isMajority =
            symbology.needsTwoReads
            ? !others.contains { $0.isConfirmed || $0.isSeenByZXing }
            : strong.allSatisfy { $0.looks < own.looks }
        return isMajority && sightings.allSatisfy { $0.part == nil } ? .full : .disputed
    }

    private var readings: [Reading] {
        var readings: [Reading] = []
        for sighting in sightings where !readings.contains(Reading(sighting)) {
            readings.append(Reading(sighting))
        }
        return readings
    }

    private func support(of reading: Reading) -> Support {
        // A strip shows what was seen already.
        let witnesses = Set(sightings.filter { Reading($0) == reading }.map(\.witness))
            .filter { $0.view != .strip }
        let isSeenByZXing = witnesses.contains { $0.engine == .zxing }
        let isSeenSmaller = witnesses.contains { $0.view == .halved || $0.view == .reduced }
        let isConfirmed =
            if symbology.needsTwoReads {
                isSeenByZXing && witnesses.count >= 2 || witnesses.count >= 3 && isSeenSmaller
            } else {
                symbology != .datamatrix || isSeenByZXing || witnesses.count >= 2
            }
        return Support(isConfirmed: isConfirmed, isSeenByZXing: isSeenByZXing, looks: witnesses.count)
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
