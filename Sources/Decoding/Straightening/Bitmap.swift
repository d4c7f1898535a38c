internal import Glibc

/// A picture in two colours: a pixel is dark when it is darker than what lies around it.
struct Bitmap {
    let width: Int
    let height: Int
    private let dark: [Bool]

    init(_ picture: GrayPicture) {
        (width, height) = (picture.width, picture.height)
        dark = Self.darkPixels(of: picture)
    }

    func isDark(_ x: Int, _ y: Int) -> Bool { dark[y * width + x] }

    /// Where in a row the colour changes, light before the first and after the last pixel.
    func edges(inRow y: Int) -> [Int] {
        var edges: [Int] = []
        edges.reserveCapacity(width / 4)
        dark.withUnsafeBufferPointer { dark in
            let row = dark[y * width..<(y + 1) * width]
            var previous = false
            for x in row.indices where row[x] != previous {
                previous.toggle()
                edges.append(x - row.startIndex)
            }
            if previous { edges.append(width) }
        }
        return edges
    }

    /// How far along a ray that starts on dark the colour changes, up to six times.
    func changes(from start: Spot, along direction: Spot, within reach: Double) -> [Double] {
        var changes: [Double] = []
        var previous = true
        for radius in stride(from: 0, to: reach, by: 0.25) {
            let x = Int((start.x + direction.x * radius).rounded(.down))
            let y = Int((start.y + direction.y * radius).rounded(.down))
            guard x >= 0, x < width, y >= 0, y < height else { return changes }
            let isDark = isDark(x, y)
            if radius == 0, !isDark { return [] }
            if isDark != previous { changes.append(radius) }
            previous = isDark
            if changes.count == 6 { return changes }
        }
        return changes
    }

    /// The share of the short side over which a pixel is compared with its surroundings.
    private static let share = 10

    private static func darkPixels(of picture: GrayPicture) -> [Bool] {
        let (width, height) = (picture.width, picture.height)
        let reach = max(4, min(width, height) / share)
        let sums = sums(of: picture)
        return [Bool](unsafeUninitializedCapacity: width * height) { dark, count in
            picture.pixels.withUnsafeBufferPointer { pixels in
                sums.withUnsafeBufferPointer { sums in
                    for y in 0..<height {
                        let (first, last) = (max(0, y - reach), min(height, y + reach))
                        let (top, bottom) = (first * (width + 1), last * (width + 1))
                        for x in 0..<width {
                            let (left, right) = (max(0, x - reach), min(width, x + reach))
                            let sum =
                                sums[bottom + right] &- sums[bottom + left] &- sums[top + right]
                                &+ sums[top + left]
                            dark[y * width + x] =
                                UInt32(pixels[y * width + x]) &* UInt32((last - first) * (right - left)) < sum
                        }
                    }
                }
            }
            count = width * height
        }
    }

    /// The sums of all pixels above and to the left of each place, one row and column more than the picture.
    private static func sums(of picture: GrayPicture) -> [UInt32] {
        let (width, height) = (picture.width, picture.height)
        let count = (width + 1) * (height + 1)
        return [UInt32](unsafeUninitializedCapacity: count) { sums, filled in
            sums.initialize(repeating: 0)
            picture.pixels.withUnsafeBufferPointer { pixels in
                for y in 0..<height {
                    var row: UInt32 = 0
                    for x in 0..<width {
                        row &+= UInt32(pixels[y * width + x])
                        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] &+ row
                    }
                }
            }
            filled = count
        }
    }
}
