/// The header of a YUV4MPEG2 stream (`.y4m`), of which Muster takes the brightness of 8-bit pictures.
///
/// Source: mjpegtools, yuv4mpeg(5).
struct Y4MHeader: Equatable {
    static let signature = "YUV4MPEG2"
    /// As for pictures.
    private static let mostPixels = 20_000_000
    /// No camera is faster.
    private static let mostFramesPerSecond = 1000

    let width: Int
    let height: Int
    /// Bytes of a frame that follow those of its brightness.
    let colourBytes: Int
    /// Frames per second, as a fraction.
    let rate: (frames: Int, seconds: Int)

    static func == (left: Y4MHeader, right: Y4MHeader) -> Bool {
        left.width == right.width && left.height == right.height && left.colourBytes == right.colourBytes
            && left.rate == right.rate
    }

    /// Why a header is not taken, in words that follow "is no usable video".
    struct Refusal: Error, Equatable {
        var reason: String
    }

    /// - Parameter line: the first line, without its end.
    /// - Throws: `Refusal` with what is wrong with it.
    init(_ line: [UInt8]) throws(Refusal) {
        let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
        guard words.first == Self.signature else { throw Refusal(reason: "it does not begin as YUV4MPEG2") }
        var values: [Character: String] = [:]
        for word in words.dropFirst() {
            if let key = word.first { values[key] = String(word.dropFirst()) }
        }
        guard let width = values["W"].flatMap({ Int($0) }), let height = values["H"].flatMap({ Int($0) }),
            width > 0, height > 0, width <= Self.mostPixels / height
        else { throw Refusal(reason: "its size is missing, or more than 20 megapixels") }
        self.width = width
        self.height = height
        rate = try Self.rate(values["F"] ?? "25:1")
        colourBytes = try Self.colourBytes(values["C"] ?? "420jpeg", width, height)
    }

    private static func rate(_ text: String) throws(Refusal) -> (Int, Int) {
        let parts = text.split(separator: ":").map { Int($0) ?? 0 }
        // An unknown rate is written 0:0.
        if parts == [0, 0] { return (25, 1) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0, parts[0] / parts[1] <= mostFramesPerSecond,
            parts[0] < 1 << 31, parts[1] < 1 << 31
        else { throw Refusal(reason: "its frame rate is out of range") }
        return (parts[0], parts[1])
    }

    private static func colourBytes(_ space: String, _ width: Int, _ height: Int) throws(Refusal) -> Int {
        let (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2)
        switch space {
        case "mono": return 0
        case "420jpeg", "420mpeg2", "420paldv", "420": return 2 * halfWidth * halfHeight
        case "411": return 2 * ((width + 3) / 4) * height
        case "422": return 2 * halfWidth * height
        case "444": return 2 * width * height
        case "444alpha": return 3 * width * height
        default: throw Refusal(reason: "its colour space C\(space) is not known")
        }
    }

    /// When a frame is to be shown, counted from the first.
    func milliseconds(ofFrame number: Int) -> Int64 {
        Int64(number) * 1000 * Int64(rate.seconds) / Int64(rate.frames)
    }
}
