internal import Glibc

/// How a flat thing that is photographed aslant maps to the picture.
struct Perspective {
    /// The picture's place of a flat place: (a·x + b·y + c) / (g·x + h·y + 1), and d, e, f for its row.
    private var a, b, c, d, e, f, g, h: Double

    /// Takes the corners of the unit square (0, 0), (1, 0), (1, 1), (0, 1) to the given ones; `nil` when three
    /// of them lie on one line.
    ///
    /// Source: P. Heckbert, Fundamentals of Texture Mapping and Image Warping (1989), section 2.2.3.
    init?(unitSquareTo corners: [Spot]) {
        guard corners.count == 4 else { return nil }
        let (p0, p1, p2, p3) = (corners[0], corners[1], corners[2], corners[3])
        let (dx1, dx2, sx) = (p1.x - p2.x, p3.x - p2.x, p0.x - p1.x + p2.x - p3.x)
        let (dy1, dy2, sy) = (p1.y - p2.y, p3.y - p2.y, p0.y - p1.y + p2.y - p3.y)
        let area = dx1 * dy2 - dx2 * dy1
        guard abs(area) > 1e-9 else { return nil }
        g = (sx * dy2 - dx2 * sy) / area
        h = (dx1 * sy - sx * dy1) / area
        (a, b, c) = (p1.x - p0.x + g * p1.x, p3.x - p0.x + h * p3.x, p0.x)
        (d, e, f) = (p1.y - p0.y + g * p1.y, p3.y - p0.y + h * p3.y, p0.y)
    }

    /// `nil` beyond the horizon.
    func callAsFunction(_ spot: Spot) -> Spot? {
        let depth = g * spot.x + h * spot.y + 1
        guard depth > 0.05 else { return nil }
        return Spot(x: (a * spot.x + b * spot.y + c) / depth, y: (d * spot.x + e * spot.y + f) / depth)
    }
}

extension View {
    /// Pixels for one module, and modules from the middle to the border: enough for eight layers.
    private static let pixelsAModule = 8.0
    private static let modulesOutwards = 26.0

    /// The Aztec symbol around a bull's eye as if looked at from straight above, turned clockwise by so many
    /// degrees; `nil` when it cannot be.
    static func straightened(_ picture: GrayPicture, around eye: BullsEye, degrees: Double) -> View? {
        guard let perspective = Perspective(unitSquareTo: eye.corners) else { return nil }
        let side = Int(pixelsAModule * modulesOutwards * 2)
        let scale = 1 / (pixelsAModule * eye.modulesASide)
        let (cosine, sine) = turn(degrees / 180 * Double.pi)
        func place(_ spot: Spot) -> Spot? {
            let (x, y) = ((spot.x - Double(side) / 2) * scale, (spot.y - Double(side) / 2) * scale)
            return perspective(Spot(x: x * cosine + y * sine + 0.5, y: y * cosine - x * sine + 0.5))
        }
        var pixels = [UInt8](repeating: 255, count: side * side)
        for index in pixels.indices {
            let spot = Spot(x: Double(index % side) + 0.5, y: Double(index / side) + 0.5)
            if let there = place(spot) { pixels[index] = picture.blended(at: there) ?? 255 }
        }
        return View(GrayPicture(width: side, height: side, pixels: pixels)) { place($0) ?? $0 }
    }
}

extension GrayPicture {
    /// The value between pixels, whose middles lie at halves; `nil` outside.
    fileprivate func blended(at spot: Spot) -> UInt8? {
        let (x, y) = (spot.x - 0.5, spot.y - 0.5)
        guard x >= 0, y >= 0, x < Double(width - 1), y < Double(height - 1) else { return nil }
        let index = Int(y) * width + Int(x)
        let (right, down) = (x - x.rounded(.down), y - y.rounded(.down))
        let above = Double(pixels[index]) * (1 - right) + Double(pixels[index + 1]) * right
        let below = Double(pixels[index + width]) * (1 - right) + Double(pixels[index + width + 1]) * right
        return UInt8((above * (1 - down) + below * down).rounded())
    }
}
