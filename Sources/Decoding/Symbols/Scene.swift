internal import Model

/// A picture and the changed copies of it that are looked at, each made when it is first wanted.
final class Scene {
    let picture: GrayPicture
    /// No larger than engines need.
    let working: View
    private(set) lazy var halved = View.shrunk(picture, longSide: max(1, working.picture.longSide / 2))
    private(set) lazy var inverted = View(working.picture.inverted()).after(working)
    /// Twice the working size: from the picture's own pixels as far as it has them.
    private(set) lazy var doubled =
        picture.longSide > working.picture.longSide
        ? View.shrunk(picture, longSide: working.picture.longSide * 2)
        : View.doubled(working.picture).after(working)

    /// One and a half of the working size, and two thirds.
    var enlarged: View {
        View.shrunk(doubled.picture, longSide: max(1, doubled.picture.longSide * 3 / 4)).after(doubled)
    }
    var reduced: View { View.shrunk(picture, longSide: max(1, working.picture.longSide * 2 / 3)) }

    init(_ picture: GrayPicture, longSide: Int) {
        self.picture = picture
        working = View.shrunk(picture, longSide: longSide)
    }

    func turned(degrees: Double) -> View {
        View.turned(working.picture, degrees: degrees).after(working)
    }

    private static let tilesASide = 3

    /// Overlapping parts of half the width and height.
    var tiles: [View] {
        let (width, height) = (Double(working.picture.width), Double(working.picture.height))
        let step = Double(Self.tilesASide + 1)
        return (0..<Self.tilesASide * Self.tilesASide).compactMap { index in
            let left = Double(index % Self.tilesASide) * width / step
            let top = Double(index / Self.tilesASide) * height / step
            let corners = [
                Spot(x: left, y: top), Spot(x: left + width * 2 / step, y: top + height * 2 / step),
            ]
            return Box(around: corners).map { View.cropped(working.picture, to: $0).after(working) }
        }
    }

    /// What lies around an outline, at twice its size in the picture.
    func surroundings(of outline: [Spot]) -> View? {
        guard var box = Box(around: outline) else { return nil }
        let margin = max(box.right - box.left, box.bottom - box.top) / 3
        (box.left, box.top) = (box.left - margin, box.top - margin)
        (box.right, box.bottom) = (box.right + margin, box.bottom + margin)
        let part = View.cropped(picture, to: box)
        return View.doubled(part.picture).after(part)
    }

    /// Half the height of the strip that is looked at around one scan line, in pixels.
    private static let stripMargin = 60.0

    /// Along the rows and along the columns, as it is not known which way the symbol lies.
    func strips(around symbol: SightedSymbol) -> [View] {
        guard let box = symbol.box else { return [] }
        var (row, column) = (box, box)
        (row.left, row.right) = (0, Double(picture.width))
        (row.top, row.bottom) = (box.top - Self.stripMargin, box.bottom + Self.stripMargin)
        (column.top, column.bottom) = (0, Double(picture.height))
        (column.left, column.right) = (box.left - Self.stripMargin, box.right + Self.stripMargin)
        return [View.cropped(picture, to: row), View.cropped(picture, to: column)]
    }
}
