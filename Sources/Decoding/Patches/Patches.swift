internal import CImages

/// Where a picture looks like a matrix symbol: patches in which the brightness changes much along both directions.
///
/// ZXing 1.4 looks for Aztec and Data Matrix in the middle of a picture only, and libdmtx needs a time that grows with the
/// area; both do better on the patch alone.
enum Patches {
    /// Pixels of a square that is judged as one.
    private static let side = 8
    private static let most = 8
    /// Squares along a side of the least patch.
    private static let leastSquares = 3
    /// The mean change from pixel to pixel that noise alone does not reach.
    private static let leastChange = 6
    /// How many times as long as wide a patch may be.
    private static let mostElongated = 3

    /// The likeliest first, in pixels of the picture.
    static func all(in picture: GrayPicture) -> [Box] {
        let (columns, rows) = (picture.width / side, picture.height / side)
        guard columns > 0, rows > 0 else { return [] }
        let map = busyness(of: picture, count: columns * rows)
        let sorted = map.sorted()
        let high = Int(sorted[sorted.count - 1 - sorted.count / 200])
        let threshold = UInt8(clamping: max(leastChange, high / 3))
        let isBusy = map.map { $0 >= threshold }
        let found = components(isBusy, columns) + components(grown(isBusy, columns), columns)
        return found.sorted { $0.weight > $1.weight }.prefix(most).map(\.box)
    }

    private static func busyness(of picture: GrayPicture, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { map, filled in
            picture.pixels.withUnsafeBufferPointer { pixels in
                cimages_busyness(
                    pixels.baseAddress, Int32(picture.width), Int32(picture.height), Int32(side),
                    map.baseAddress)
            }
            filled = count
        }
    }

    /// With the squares beside busy ones, so that a symbol with a quiet part in it stays one.
    private static func grown(_ isBusy: [Bool], _ columns: Int) -> [Bool] {
        var grown = isBusy
        for index in isBusy.indices where isBusy[index] {
            if index % columns > 0 { grown[index - 1] = true }
            if index % columns < columns - 1 { grown[index + 1] = true }
            if index >= columns { grown[index - columns] = true }
            if index + columns < isBusy.count { grown[index + columns] = true }
        }
        return grown
    }

    private struct Component {
        var box: Box
        var weight: Double
    }

    /// Squares that hang together, where they fill something of a symbol's shape.
    private static func components(_ isBusy: [Bool], _ columns: Int) -> [Component] {
        var isOpen = isBusy
        var found: [Component] = []
        for start in isBusy.indices where isOpen[start] {
            isOpen[start] = false
            var members = [start]
            var next = 0
            while next < members.count {
                let index = members[next]
                next += 1
                var neighbours = [index - columns, index + columns]
                if index % columns > 0 { neighbours.append(index - 1) }
                if index % columns < columns - 1 { neighbours.append(index + 1) }
                for neighbour in neighbours where isOpen.indices.contains(neighbour) && isOpen[neighbour] {
                    isOpen[neighbour] = false
                    members.append(neighbour)
                }
            }
            if let component = component(members, columns) { found.append(component) }
        }
        return found
    }

    private static func component(_ members: [Int], _ columns: Int) -> Component? {
        let (xs, ys) = (members.map { $0 % columns }, members.map { $0 / columns })
        guard let left = xs.min(), let right = xs.max(), let top = ys.min(), let bottom = ys.max() else {
            return nil
        }
        let (width, height) = (right - left + 1, bottom - top + 1)
        guard min(width, height) >= leastSquares, max(width, height) <= mostElongated * min(width, height)
        else {
            return nil
        }
        let corners = [(left, top), (right + 1, bottom + 1)].map {
            Spot(x: Double($0 * side), y: Double($1 * side))
        }
        let fill = Double(members.count) / Double(width * height)
        return Box(around: corners).map {
            Component(box: $0, weight: fill * fill * Double(min(width, height)))
        }
    }
}
