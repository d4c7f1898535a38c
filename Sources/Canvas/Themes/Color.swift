/// A colour of the 256-colour palette, with the nearest of the first eight for terminals that have no more.
package struct Color: Equatable, Sendable {
    /// 16…255 only: the first sixteen are the user's own and can be anything.
    package var index: UInt8
    /// 0…7: black, red, green, yellow, blue, magenta, cyan, white.
    package var basic: UInt8

    package init(_ index: UInt8, basic: UInt8) {
        self.index = index
        self.basic = basic
    }

    package static let black = Color(16, basic: 0)
    package static let white = Color(231, basic: 7)

    /// Red, green and blue, 0…255 each, as xterm defines the palette: a 6×6×6 cube from 16 on, greys from 232 on.
    package var components: (red: Int, green: Int, blue: Int) {
        if index >= 232 {
            let grey = 8 + 10 * (Int(index) - 232)
            return (grey, grey, grey)
        }
        let cube = max(0, Int(index) - 16)
        func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
        return (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
    }

    /// Relative luminance in millionths of white's. Source: WCAG 2.2, "relative luminance"; the power of 2.4 comes from a
    /// table, since this module computes in whole numbers.
    package var luminanceMillionths: Int {
        let (red, green, blue) = components
        return (2126 * Self.linear(red) + 7152 * Self.linear(green) + 722 * Self.linear(blue)) / 10_000
    }

    /// Contrast with another colour in hundredths: 2100 for black on white. Source: WCAG 2.2, "contrast ratio".
    package func contrastHundredths(with other: Color) -> Int {
        let (one, two) = (luminanceMillionths + 50_000, other.luminanceMillionths + 50_000)
        return 100 * max(one, two) / min(one, two)
    }

    /// The linear light of an sRGB level, in millionths, for the levels that the palette has.
    private static func linear(_ level: Int) -> Int { levels[level] ?? 0 }

    private static let levels: [Int: Int] = [
        0: 0, 8: 2428, 18: 6049, 28: 11612, 38: 19382, 48: 29557, 58: 42311, 68: 57805, 78: 76185, 88: 97587,
        95: 114_435, 98: 122_139, 108: 149_960, 118: 181_164, 128: 215_861, 135: 242_281, 138: 254_152,
        148: 296_138, 158: 341_914, 168: 391_572, 175: 428_690, 178: 445_201, 188: 502_886, 198: 564_712,
        208: 630_757, 215: 679_542, 218: 701_102, 228: 775_822, 238: 854_993, 255: 1_000_000,
    ]
}
