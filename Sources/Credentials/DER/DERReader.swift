/// Reads DER element by element. Only the one encoding of each value that DER has is taken; anything else gives `nil`.
/// Source: ITU-T X.690, section 10.
struct DERReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    var isAtEnd: Bool { position == bytes.endIndex }

    /// The tag of the next element; `nil` at the end.
    var nextTag: UInt8? { isAtEnd ? nil : bytes[position] }

    /// One element.
    struct Element {
        let tag: UInt8
        let contents: ArraySlice<UInt8>
        /// With its header.
        let whole: ArraySlice<UInt8>
    }

    /// The next element, of any tag whose number is less than 31.
    mutating func next() -> Element? {
        let start = position
        guard let tag = byte(), tag & 0x1F != 0x1F, let count = length(), count <= bytes.endIndex - position
        else { return nil }
        let end = position + count
        defer { position = end }
        return Element(tag: tag, contents: bytes[position..<end], whole: bytes[start..<end])
    }

    /// The next element, when it has the tag.
    mutating func next(_ tag: UInt8) -> Element? {
        guard let element = next(), element.tag == tag else { return nil }
        return element
    }

    /// The contents of the next element, when it has the tag, to be read in turn.
    mutating func enter(_ tag: UInt8) -> DERReader? { next(tag).map { DERReader($0.contents) } }

    /// The contents of the next object identifier.
    mutating func object() -> ArraySlice<UInt8>? {
        guard let contents = next(DER.Tag.object)?.contents, let last = contents.last, last < 0x80 else {
            return nil
        }
        // The first byte of a number is no leading zero.
        var isFirst = true
        for byte in contents {
            if isFirst, byte == 0x80 { return nil }
            isFirst = byte < 0x80
        }
        return contents
    }

    private mutating func byte() -> UInt8? {
        guard position < bytes.endIndex else { return nil }
        defer { position += 1 }
        return bytes[position]
    }

    private mutating func length() -> Int? {
        guard let first = byte() else { return nil }
        guard first >= 0x80 else { return Int(first) }
        let digits = Int(first & 0x7F)
        guard (1...3).contains(digits) else { return nil }
        var value = 0
        for _ in 0..<digits {
            guard let digit = byte() else { return nil }
            value = value << 8 | Int(digit)
        }
        // No more digits than it takes.
        guard value >= 0x80, value >> (8 * (digits - 1)) > 0 else { return nil }
        return value
    }
}
