internal import Glibc

/// A place in a picture, in fractions of pixels; `x` to the right, `y` down.
struct Spot: Equatable {
    var x: Double
    var y: Double
}

/// Cosine and sine of an angle in radians.
func turn(_ angle: Double) -> (cosine: Double, sine: Double) {
    (cos(angle), sin(angle))
}

/// The smallest upright rectangle around some spots.
struct Box: Equatable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    /// `nil` around nothing.
    init?(around spots: [Spot]) {
        guard let left = spots.map(\.x).min(), let right = spots.map(\.x).max(),
            let top = spots.map(\.y).min(), let bottom = spots.map(\.y).max()
        else { return nil }
        (self.left, self.top, self.right, self.bottom) = (left, top, right, bottom)
    }

    /// Whether they share a place, be it only a line, give or take `margin` pixels.
    func meets(_ other: Box, margin: Double) -> Bool {
        left <= other.right + margin && other.left <= right + margin && top <= other.bottom + margin
            && other.top <= bottom + margin
    }
}

/// The four corners of the narrowest rectangle, of any tilt, around some spots: from the upper left of the
/// upright reading direction, clockwise. Fewer than three spots, or all on one line, come back as they are.
func rectangle(around spots: [Spot]) -> [Spot] {
    let hull = convexHull(spots)
    guard hull.count >= 3 else { return hull }
    var best: (area: Double, corners: [Spot])?
    for index in hull.indices {
        let (from, to) = (hull[index], hull[(index + 1) % hull.count])
        let length = hypot(to.x - from.x, to.y - from.y)
        guard length > 0 else { continue }
        let along = Spot(x: (to.x - from.x) / length, y: (to.y - from.y) / length)
        let alongs = hull.map { $0.x * along.x + $0.y * along.y }
        let acrosses = hull.map { $0.y * along.x - $0.x * along.y }
        guard let near = alongs.min(), let far = alongs.max(), let low = acrosses.min(),
            let high = acrosses.max()
        else { continue }
        let area = (far - near) * (high - low)
        guard area < best?.area ?? .infinity else { continue }
        let corners = [(near, low), (far, low), (far, high), (near, high)].map { u, v in
            Spot(x: u * along.x - v * along.y, y: u * along.y + v * along.x)
        }
        best = (area, corners)
    }
    return clockwiseFromUpperLeft(best?.corners ?? hull)
}

/// The same corners beginning with the one nearest to the picture's upper left.
private func clockwiseFromUpperLeft(_ corners: [Spot]) -> [Spot] {
    guard
        let first = corners.indices.min(by: { corners[$0].x + corners[$0].y < corners[$1].x + corners[$1].y })
    else { return corners }
    return Array(corners[first...] + corners[..<first])
}

/// The outer points in order, clockwise as seen (Andrew's monotone chain).
private func convexHull(_ spots: [Spot]) -> [Spot] {
    let sorted = spots.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    guard sorted.count > 2 else { return sorted }
    func chain(_ spots: some Sequence<Spot>) -> [Spot] {
        var chain: [Spot] = []
        for spot in spots {
            while chain.count >= 2 {
                let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
                guard (b.x - a.x) * (spot.y - a.y) - (b.y - a.y) * (spot.x - a.x) <= 0 else { break }
                chain.removeLast()
            }
            chain.append(spot)
        }
        return Array(chain.dropLast())
    }
    return chain(sorted) + chain(sorted.reversed())
}
