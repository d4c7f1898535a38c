internal import Glibc

/// The middle of an Aztec symbol: squares around one dark module, dark and light in turn.
///
/// ZXing 1.4 reads such a symbol only where it lies flat and nearly upright; from its innermost squares it can be
/// straightened first. Source: ISO/IEC 24778, 7.3.1 (finder pattern).
struct BullsEye: Equatable {
    /// Of its largest light square, clockwise.
    var corners: [Spot]
    /// Along a side of that square: 7 in a compact symbol, 11 in a full one.
    var modulesASide: Double

    private static let most = 4
    private static let mostTries = 300

    /// The ones in a picture, from the top down.
    static func all(in picture: GrayPicture) -> [BullsEye] {
        let bitmap = Bitmap(picture)
        var found: [BullsEye] = []
        var tries = 0
        for y in stride(from: 0, to: picture.height, by: 2) {
            for candidate in candidates(inRow: y, of: bitmap) where tries < mostTries {
                guard !found.contains(where: { isInside(candidate.middle, $0.corners) }) else { continue }
                tries += 1
                if let eye = BullsEye(around: candidate, in: bitmap) { found.append(eye) }
                if found.count == most { return found }
            }
        }
        return found
    }

    /// A row's stretch of alternating runs of about one module each.
    private struct Candidate {
        var middle: Spot
        var module: Double
    }

    /// Nine runs, dark at both ends: the squares as a row cuts them through the middle.
    private static func candidates(inRow y: Int, of bitmap: Bitmap) -> [Candidate] {
        var found: [Candidate] = []
        let edges = bitmap.edges(inRow: y)
        // Edges of even index begin a dark run.
        for first in stride(from: 0, to: edges.count - 9, by: 2) {
            let module = Double(edges[first + 9] - edges[first]) / 9
            guard module >= 1.5 else { continue }
            let fits = (first..<first + 9).allSatisfy { areAlike(Double(edges[$0 + 1] - edges[$0]), module) }
            guard fits else { continue }
            let middle = Double(edges[first + 9]) - module * 4.5
            found.append(Candidate(middle: Spot(x: middle, y: Double(y) + 0.5), module: module))
        }
        return found
    }

    private static func areAlike(_ run: Double, _ module: Double) -> Bool {
        run >= module * 0.45 - 0.5 && run <= module * 1.7 + 0.5
    }

    private static let rays = 72

    private init?(around candidate: Candidate, in bitmap: Bitmap) {
        var directions: [Spot] = []
        var radii: [[Double]] = []
        var misses = 0
        for index in 0..<Self.rays {
            let (cosine, sine) = turn(Double(index) / Double(Self.rays) * 2 * Double.pi)
            let direction = Spot(x: cosine, y: sine)
            let changes = bitmap.changes(
                from: candidate.middle, along: direction, within: candidate.module * 11)
            if !Self.areRings(changes.prefix(4), 4) { misses += 1 }
            guard misses * 10 <= Self.rays else { return nil }
            directions.append(direction)
            radii.append(changes)
        }
        // The squares' edges lie at 0.5, 1.5, … modules; what follows them is data.
        for edges in [6, 4] {
            let reached = zip(directions, radii).filter { Self.areRings($0.1.prefix(edges), edges) }
            guard reached.count * 10 >= Self.rays * 9 else { continue }
            let middle = candidate.middle
            let border = reached.map { direction, radii in
                Spot(
                    x: middle.x + direction.x * radii[edges - 1], y: middle.y + direction.y * radii[edges - 1]
                )
            }
            guard let corners = quadrilateral(through: border) else { continue }
            (self.corners, modulesASide) = (corners, Double(edges) * 2 - 1)
            return
        }
        return nil
    }

    /// Whether colours change at half a module and then after one module each.
    private static func areRings(_ radii: ArraySlice<Double>, _ count: Int) -> Bool {
        guard radii.count == count else { return false }
        let module = (radii[count - 1] - radii[0]) / Double(count - 1)
        return module > 0.8 && radii[0] <= module * 1.6
            && zip(radii.dropFirst(), radii).allSatisfy { areAlike($0 - $1, module) }
    }
}

/// The corners, clockwise, of four straight lines through points that go once around.
private func quadrilateral(through points: [Spot]) -> [Spot]? {
    let box = rectangle(around: points)
    guard box.count == 4 else { return nil }
    func distance(_ a: Spot, _ b: Spot) -> Double { hypot(a.x - b.x, a.y - b.y) }
    let middle = Spot(x: box.map(\.x).reduce(0, +) / 4, y: box.map(\.y).reduce(0, +) / 4)
    guard let first = points.indices.max(by: { distance(points[$0], middle) < distance(points[$1], middle) }),
        let third = points.indices.max(by: {
            distance(points[$0], points[first]) < distance(points[$1], points[first])
        })
    else { return nil }
    let (from, to) = (points[first], points[third])
    func side(_ spot: Spot) -> Double {
        (to.x - from.x) * (spot.y - from.y) - (to.y - from.y) * (spot.x - from.x)
    }
    guard let second = points.indices.max(by: { side(points[$0]) < side(points[$1]) }),
        let fourth = points.indices.min(by: { side(points[$0]) < side(points[$1]) })
    else { return nil }
    let turns = [first, second, third, fourth].sorted()
    let lines = turns.indices.compactMap { index in
        line(along: points, from: turns[index], to: turns[(index + 1) % 4])
    }
    guard lines.count == 4 else { return nil }
    let corners = lines.indices.compactMap { crossing(lines[($0 + 3) % 4], lines[$0]) }
    let reach = distance(from, to)
    guard corners.count == 4, corners.allSatisfy({ distance($0, middle) < reach }) else { return nil }
    return corners
}

/// A point of a line and its direction.
private typealias Line = (at: Spot, along: Spot)

/// The line that fits the points between two corners best, those next to the corners left out.
private func line(along points: [Spot], from: Int, to: Int) -> Line? {
    let count = (to - from + points.count) % points.count
    let margin = max(1, count / 6)
    guard count - 2 * margin >= 2 else { return nil }
    let part = (from + margin...from + count - margin).map { points[$0 % points.count] }
    let middle = Spot(
        x: part.map(\.x).reduce(0, +) / Double(part.count), y: part.map(\.y).reduce(0, +) / Double(part.count)
    )
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for spot in part {
        let (x, y) = (spot.x - middle.x, spot.y - middle.y)
        (xx, xy, yy) = (xx + x * x, xy + x * y, yy + y * y)
    }
    let (cosine, sine) = turn(atan2(2 * xy, xx - yy) / 2)
    return (middle, Spot(x: cosine, y: sine))
}

private func crossing(_ left: Line, _ right: Line) -> Spot? {
    let across = left.along.x * right.along.y - left.along.y * right.along.x
    guard abs(across) > 0.1 else { return nil }
    let (x, y) = (right.at.x - left.at.x, right.at.y - left.at.y)
    let distance = (x * right.along.y - y * right.along.x) / across
    return Spot(x: left.at.x + left.along.x * distance, y: left.at.y + left.along.y * distance)
}
