import Decoding
import Foundation
import Preview

/// Frames to look at, and ways to spoil them.
extension GrayFrame {
    /// A frame whose pixels a rule gives.
    static func drawn(_ width: Int, _ height: Int, _ pixel: (_ x: Int, _ y: Int) -> Int) -> GrayFrame {
        var pixels: [UInt8] = []
        for y in 0..<height { for x in 0..<width { pixels.append(UInt8(clamping: pixel(x, y))) } }
        return GrayFrame(width: width, height: height, pixels: pixels)
    }

    /// A sample photograph of `Assets/labels`.
    static func sample(_ file: String) throws -> GrayFrame {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Assets/labels")
        let picture = try PictureReader.read([UInt8](Data(contentsOf: folder.appending(path: file))))
        return GrayFrame(width: picture.width, height: picture.height, pixels: picture.pixels)
    }

    /// Each pixel changed by a rule.
    func changed(_ rule: (Int) -> Int) -> GrayFrame {
        GrayFrame(width: width, height: height, pixels: pixels.map { UInt8(clamping: rule(Int($0))) })
    }

    /// Each pixel the mean of about `2 * radius + 1` in its row, done twice.
    func smeared(by radius: Int) -> GrayFrame {
        var pixels = pixels
        for _ in 0..<2 {
            for row in 0..<height { Self.smear(&pixels, row * width..<(row + 1) * width, radius) }
        }
        return GrayFrame(width: width, height: height, pixels: pixels)
    }

    private static func smear(_ pixels: inout [UInt8], _ row: Range<Int>, _ radius: Int) {
        let source = Array(pixels[row])
        var (sum, count, at) = (0, 0, -radius)
        while at < source.count {
            let (entering, leaving) = (at + radius, at - radius - 1)
            if entering < source.count {
                sum += Int(source[entering])
                count += 1
            }
            if leaving >= 0 {
                sum -= Int(source[leaving])
                count -= 1
            }
            if at >= 0 { pixels[row.lowerBound + at] = UInt8(sum / count) }
            at += 1
        }
    }

    /// Small in the middle of a grey view of the old size.
    func movedAway(times: Int) -> GrayFrame {
        let small = scaled(width: width / times, height: height / times)
        let (left, top) = ((width - small.width) / 2, (height - small.height) / 2)
        return .drawn(width, height) { x, y in
            guard (left..<left + small.width).contains(x), (top..<top + small.height).contains(y) else {
                return 120
            }
            return Int(small.pixels[(y - top) * small.width + x - left])
        }
    }
}
