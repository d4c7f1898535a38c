internal import Model

/// The place of a symbol in a series that holds one text together (structured append).
///
/// Source: ISO/IEC 18004, section 8; ISO/IEC 16022, 5.6; ISO/IEC 24778; ISO/IEC 15438, annex H.
struct SeriesPart: Equatable {
    /// What all symbols of one series share.
    var id: String
    /// From 0.
    var index: Int
    /// Of the whole series; less than 1 where the symbol does not say.
    var count: Int
}

/// One sighting in the place of the parts of each series that is complete; the parts of others stay as they are.
func joiningSeries(_ sightings: [Sighting]) -> [Sighting] {
    var rest = sightings
    var joined: [Sighting] = []
    while let index = rest.firstIndex(where: { $0.part.map { $0.count > 1 } ?? false }) {
        let first = rest[index]
        let series = rest.filter { belongTogether($0, first) }
        rest.removeAll { belongTogether($0, first) }
        joined += whole(series) ?? series
    }
    return joined + rest
}

private func belongTogether(_ left: Sighting, _ right: Sighting) -> Bool {
    left.symbology == right.symbology && left.part?.id == right.part?.id
        && left.part?.count == right.part?.count
}

private func whole(_ series: [Sighting]) -> [Sighting]? {
    let ordered = series.sorted { ($0.part?.index ?? 0) < ($1.part?.index ?? 0) }
    guard var sighting = ordered.first, let count = sighting.part?.count,
        ordered.map({ $0.part?.index }) == (0..<count).map(Optional.some)
    else { return nil }
    sighting.bytes = ordered.flatMap(\.bytes)
    sighting.outline = rectangle(around: ordered.flatMap(\.outline))
    sighting.part = nil
    return [sighting]
}
