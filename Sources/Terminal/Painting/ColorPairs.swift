internal import CNcurses

/// The library's numbered pairs of colours, given out as they are asked for.
struct ColorPairs {
    private struct Pair: Hashable {
        var foreground: Int32
        var background: Int32
    }

    private let limit: Int
    private var numbers: [Pair: Int32] = [:]

    /// - Parameter limit: how many there are, the terminal's own pair 0 included.
    init(limit: Int) { self.limit = limit }

    /// The pair's number; 0, the terminal's own colours, when there are no more. -1 is the terminal's own
    /// colour.
    mutating func number(foreground: Int32, background: Int32) -> Int32 {
        let pair = Pair(foreground: foreground, background: background)
        if let known = numbers[pair] { return known }
        let number = Int32(numbers.count + 1)
        guard number < limit, cncurses_define_pair(number, foreground, background) == 0 else { return 0 }
        numbers[pair] = number
        return number
    }
}

/// The 26 greys of the 256-colour palette: black, 24 steps, white.
enum Grey {
    /// The palette's index of the grey that is nearest to a brightness.
    static func nearest(_ brightness: UInt8) -> Int32 {
        let level = (Int(brightness) * 25 + 127) / 255
        switch level {
        case 0: return 16
        case 25: return 231
        default: return Int32(231 + level)
        }
    }
}
