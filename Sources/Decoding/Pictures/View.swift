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

    /// A picture made by other means, with its way back.
    init(_ picture: GrayPicture, wayBack: @escaping (Spot) -> Spot) {
        self.init(picture)
        earlier = wayBack
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
        let own = earlier
        chained.earlier = { view.original(own?($0) ?? $0) }
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
        let small = picture.shrunk(width: width, height: height)
        return View(small, of: picture, scale: Double(longSide) / Double(picture.longSide), angle: 0)
    }

    /// The part of a picture that lies within a rectangle, as far as it is inside the picture.
    static func cropped(_ picture: GrayPicture, to box: Box) -> View {
        let left = min(max(0, Int(box.left)), picture.width - 1)
        let top = min(max(0, Int(box.top)), picture.height - 1)
        let right = min(max(left, Int(box.right)), picture.width - 1)
        let bottom = min(max(top, Int(box.bottom)), picture.height - 1)
        let part = picture.cropped(left: left, top: top, width: right - left + 1, height: bottom - top + 1)
        var view = View(part)
        view.earlier = { Spot(x: $0.x + Double(left), y: $0.y + Double(top)) }
        return view
    }

    private func resampled(width: Int, height: Int, scale: Double, angle: Double) -> View {
        let blank = GrayPicture(
            width: width, height: height, pixels: [UInt8](repeating: 255, count: width * height))
        let view = View(blank, of: picture, scale: scale, angle: angle)
        let origin = view.original(Spot(x: 0.5, y: 0.5))
        let next = view.original(Spot(x: 1.5, y: 0.5))
        let drawn = picture.resampled(
            width: width, height: height, origin: origin,
            step: Spot(x: next.x - origin.x, y: next.y - origin.y))
        return View(drawn, of: picture, scale: scale, angle: angle)
    }
}
