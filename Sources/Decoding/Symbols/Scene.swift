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

    /// What looks like a matrix symbol, with something around it: from the picture's own pixels.
    func patches(besides symbols: [SightedSymbol]) -> [View] {
        let scale = Double(picture.width) / Double(working.picture.width)
        let known = symbols.filter(\.symbology.isMatrix).compactMap(\.box)
        return Patches.all(in: working.picture).compactMap { patch in
            let margin = max(12, min(patch.right - patch.left, patch.bottom - patch.top) / 4)
            let corners = [
                Spot(x: (patch.left - margin) * scale, y: (patch.top - margin) * scale),
                Spot(x: (patch.right + margin) * scale, y: (patch.bottom + margin) * scale),
            ]
            guard let box = Box(around: corners), !known.contains(where: { box.covers(middleOf: $0) }) else {
                return nil
            }
            return View.cropped(picture, to: box)
        }
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
