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

    /// How far along a ray that starts on dark the colour changes for the first to the fourth time; `nil` when
    /// it does not, or the ray leaves the picture first.
    func changes(from start: Spot, along direction: Spot, within reach: Double) -> [Double]? {
        var changes: [Double] = []
        var previous = true
        for radius in stride(from: 0, to: reach, by: 0.25) {
            let x = Int((start.x + direction.x * radius).rounded(.down))
            let y = Int((start.y + direction.y * radius).rounded(.down))
            guard x >= 0, x < width, y >= 0, y < height else { return nil }
            let isDark = isDark(x, y)
            if radius == 0, !isDark { return nil }
            if isDark != previous { changes.append(radius) }
            previous = isDark
            if changes.count == 4 { return changes }
        }
        return nil
    }

    /// The share of the short side over which a pixel is compared with its surroundings.
    private static let share = 10

    private static func darkPixels(of picture: GrayPicture) -> [Bool] {
        let (width, height) = (picture.width, picture.height)
        let reach = max(4, min(width, height) / share)
        // Sums over the rectangle up to and without each place.
        var sums = [UInt32](repeating: 0, count: (width + 1) * (height + 1))
        for y in 0..<height {
            var row: UInt32 = 0
            for x in 0..<width {
                row &+= UInt32(picture.pixels[y * width + x])
                sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] &+ row
            }
        }
        var dark = [Bool](repeating: false, count: width * height)
        for y in 0..<height {
            let (top, bottom) = (max(0, y - reach) * (width + 1), min(height, y + reach) * (width + 1))
            let rows = min(height, y + reach) - max(0, y - reach)
            for x in 0..<width {
                let (left, right) = (max(0, x - reach), min(width, x + reach))
                let sum = sums[bottom + right] &- sums[bottom + left] &- sums[top + right] &+ sums[top + left]
                dark[y * width + x] = Int(picture.pixels[y * width + x]) * rows * (right - left) < Int(sum)
            }
        }
        return dark
    }
}
