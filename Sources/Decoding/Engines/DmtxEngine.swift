internal import CDmtx
internal import Model

/// Reads Data Matrix symbols with libdmtx, which finds them where ZXing does not look and takes its time.
///
/// Each look ends after a fixed time. It tells a Data Matrix from stripes less surely than ZXing: what it
/// alone saw needs a second read.
struct DmtxEngine {
    private static let mostSymbols = 16
    /// Pixels: the smallest symbol has ten modules a side.
    private static let leastSide = 10

    /// Codewords that begin a message (ISO/IEC 16022, table 6).
    private enum Codeword {
        static let fnc1: UInt8 = 232
        static let structuredAppend: UInt8 = 233
        static let readerProgramming: UInt8 = 234
        static let macros: ClosedRange<UInt8> = 236...237
        static let encodingStated: UInt8 = 241
        /// Characters and pairs of digits; what follows is in another scheme when it is none of these.
        static let plain: ClosedRange<UInt8> = 1...229
    }

    /// What it sees within so many milliseconds.
    func sightings(
        in view: View, named name: ViewName, milliseconds: Int32
    ) -> [Sighting] {
        let picture = view.picture
        guard min(picture.width, picture.height) >= Self.leastSide else { return [] }
        var symbols = [cdmtx_symbol](repeating: cdmtx_symbol(), count: Self.mostSymbols)
        let count = picture.pixels.withUnsafeBufferPointer { pixels in
            cdmtx_read(
                pixels.baseAddress, Int32(picture.width), Int32(picture.height), milliseconds,
                &symbols, Int32(symbols.count))
        }
        guard count > 0 else { return [] }
        defer { cdmtx_release(&symbols, count) }
        return symbols.prefix(Int(count)).compactMap { sighting(of: $0, in: view, named: name) }
    }

    private func sighting(of symbol: cdmtx_symbol, in view: View, named name: ViewName) -> Sighting? {
        let read = Array(UnsafeBufferPointer(start: symbol.bytes, count: symbol.count))
        let codewords = Array(UnsafeBufferPointer(start: symbol.codewords, count: symbol.codeword_count))
        guard let (bytes, identifier) = Self.content(read, codewords) else { return nil }
        let x = [symbol.x.0, symbol.x.1, symbol.x.2, symbol.x.3]
        let y = [symbol.y.0, symbol.y.1, symbol.y.2, symbol.y.3]
        return Sighting(
            symbology: .datamatrix, bytes: bytes, aimIdentifier: identifier,
            outline: zip(x, y).map { view.original(Spot(x: $0, y: $1)) },
            witness: Witness(engine: .dmtx, view: name))
    }

    /// The bytes and the AIM identifier (ISO/IEC 15424); `nil` for what the library reads wrongly: stated
    /// encodings, parts of a series, orders to the scanner.
    private static func content(_ read: [UInt8], _ codewords: [UInt8]) -> ([UInt8], String)? {
        guard let first = codewords.first, !read.isEmpty else { return nil }
        switch first {
        case Codeword.structuredAppend, Codeword.readerProgramming: return nil
        default: break
        }
        let opening = codewords.drop { $0 == Codeword.fnc1 || Codeword.macros.contains($0) }
        guard
            opening.first(where: { !Codeword.plain.contains($0) && $0 != Codeword.fnc1 })
                != Codeword.encodingStated
        else { return nil }
        return first == Codeword.fnc1 ? (Array(read.dropFirst()), "]d2") : (read, "]d1")
    }
}
