/// A changed copy of a picture, with the way back for points found in it.
struct View {
    let picture: GrayPicture
    private let source: (width: Double, height: Double)
    /// Pixels here for one pixel there.
    private let scale: Double
    /// Turned about the middle, in radians, clockwise as seen.
    private let angle: Double
    /// Where the source is itself a changed copy: from a point of it to the original.
    private var earlier: ((Spot) -> Spot)?

    /// The picture itself.
    init(_ picture: GrayPicture) {
        self.init(picture, of: picture, scale: 1, angle: 0)
    }

    private init(_ picture: GrayPicture, of original: GrayPicture, scale: Double, angle: Double) {
        self.picture = picture
        source = (Double(original.width), Double(original.height))
        self.scale = scale
        self.angle = angle
    }

    /// A point of this view in the original picture.
    func original(_ spot: Spot) -> Spot {
        let (x, y) = (
            (spot.x - Double(picture.width) / 2) / scale, (spot.y - Double(picture.height) / 2) / scale
        )
        let (cosine, sine) = turn(angle)
        let there = Spot(
            x: x * cosine + y * sine + source.width / 2, y: y * cosine - x * sine + source.height / 2)
        return earlier?(there) ?? there
    }

    /// The same view, made of the picture of another view: points lead back to that one's original.
    func after(_ view: View) -> View {
        var chained = self
        chained.earlier = { view.original($0) }
        return chained
    }
}

extension View {
    /// At twice the size, with the pixels between blended.
    static func doubled(_ picture: GrayPicture) -> View {
        let (width, height) = (picture.width * 2, picture.height * 2)
        let view = View(picture, of: picture, scale: 2, angle: 0)
        return view.resampled(width: width, height: height, scale: 2, angle: 0)
    }

    /// Turned clockwise by so many degrees on a canvas that holds all of it.
    static func turned(_ picture: GrayPicture, degrees: Double) -> View {
        let angle = degrees / 180 * Double.pi
        let (cosine, sine) = turn(angle)
        let (width, height) = (Double(picture.width), Double(picture.height))
        let view = View(picture, of: picture, scale: 1, angle: 0)
        return view.resampled(
            width: Int(width * abs(cosine) + height * abs(sine)) + 1,
            height: Int(width * abs(sine) + height * abs(cosine)) + 1, scale: 1, angle: angle)
    }

    /// At most so many pixels on its long side; each pixel is the mean of those it covers.
    static func shrunk(_ picture: GrayPicture, longSide: Int) -> View {
        guard picture.longSide > longSide else { return View(picture) }
        let width = max(1, picture.width * longSide / picture.longSide)
        let height = max(1, picture.height * longSide / picture.longSide)
        var pixels = [UInt8](repeating: 0, count: width * height)
        picture.pixels.withUnsafeBufferPointer { source in
            for y in 0..<height {
                let rows = (y * picture.height / height)..<max((y + 1) * picture.height / height, 1)
                for x in 0..<width {
                    let columns = (x * picture.width / width)..<max((x + 1) * picture.width / width, 1)
                    var sum = 0
                    for row in rows {
                        for column in columns { sum += Int(source[row * picture.width + column]) }
                    }
                    pixels[y * width + x] = UInt8(truncatingIfNeeded: sum / (rows.count * columns.count))
                }
            }
        }
        let small = GrayPicture(width: width, height: height, pixels: pixels)
        return View(small, of: picture, scale: Double(longSide) / Double(picture.longSide), angle: 0)
    }

    private func resampled(width: Int, height: Int, scale: Double, angle: Double) -> View {
        let canvas = GrayPicture(
            width: width, height: height, pixels: [UInt8](repeating: 255, count: width * height))
        let view = View(canvas, of: picture, scale: scale, angle: angle)
        let origin = view.original(Spot(x: 0.5, y: 0.5))
        let along = view.original(Spot(x: 1.5, y: 0.5))
        let step = Spot(x: along.x - origin.x, y: along.y - origin.y)
        var pixels = canvas.pixels
        picture.pixels.withUnsafeBufferPointer { source in
            for y in 0..<height {
                // A step to the right is (step.x, step.y); a step down is that turned by a right angle.
                let (rowX, rowY) = (origin.x - Double(y) * step.y, origin.y + Double(y) * step.x)
                for x in 0..<width {
                    let fromX = rowX + Double(x) * step.x - 0.5
                    let fromY = rowY + Double(x) * step.y - 0.5
                    if let value = picture.blended(source, fromX, fromY) { pixels[y * width + x] = value }
                }
            }
        }
        return View(
            GrayPicture(width: width, height: height, pixels: pixels), of: picture, scale: scale, angle: angle
        )
    }
}

extension GrayPicture {
    /// The value between four pixels, in 1/256 steps; `nil` outside the picture.
    fileprivate func blended(_ source: UnsafeBufferPointer<UInt8>, _ x: Double, _ y: Double) -> UInt8? {
        guard x >= -0.5, y >= -0.5, x <= Double(width) - 0.5, y <= Double(height) - 0.5 else { return nil }
        let (fixedX, fixedY) = (max(0, Int(x * 256)), max(0, Int(y * 256)))
        let (left, top) = (min(fixedX >> 8, width - 1), min(fixedY >> 8, height - 1))
        let (right, bottom) = (min(left + 1, width - 1), min(top + 1, height - 1))
        let (partX, partY) = (fixedX & 255, fixedY & 255)
        let above = Int(source[top * width + left]) * (256 - partX) + Int(source[top * width + right]) * partX
        let below =
            Int(source[bottom * width + left]) * (256 - partX) + Int(source[bottom * width + right]) * partX
        return UInt8(truncatingIfNeeded: (above * (256 - partY) + below * partY) >> 16)
    }
}
