internal import Model

/// The messages between Muster and its worker `muster-decode`, over one stream socket.
///
/// A request is a ticket (4 bytes, most significant first) and a wish (effort 1 byte, side of the copy 2 bytes)
/// with which an open file travels (`SCM_RIGHTS`): the picture. A reply is the ticket of its request, a length
/// (4 bytes) and so many bytes: one byte kind; for kind 0 width and height (4 bytes each), the pages (total 4
/// bytes, looked at 1 byte, failed: count and each 1 byte), the number of symbols (2 bytes), for each symbol its
/// symbology (index, 1 byte), its page (1 byte), whether it is disputed (0 or 1, 1 byte), its AIM identifier
/// (length 1 byte, ASCII), its points (count 1 byte, x and y as 4 bytes signed each) and its bytes (length 2
/// bytes), and the grey copy: width and height (2 bytes each; 0 for none) and its pixels. The reader of a reply
/// trusts nothing in it: the worker has read hostile bytes.
package enum ScanMessage {
    /// The descriptor at which the worker finds its socket.
    package static let socketNumber: Int32 = 3
    /// The most bytes of a picture file: a 20-megapixel photograph fits in every format but raw colour.
    package static let mostPictureBytes = 64 << 20
    package static let requestBytes = 7
    package static let headerBytes = 8
    /// The most bytes of a reply: the most symbols of the most bytes, and the largest copy.
    package static let mostReplyBytes = 3 << 20
    /// The most pages of one picture that are looked at.
    package static let mostPages = 64
    /// The most symbols of one reply, and the most bytes of one symbol (a QR code holds up to 7,089 digits).
    package static let mostSymbols = 256
    package static let mostSymbolBytes = 7089
    static let mostPoints = 16

    /// What goes before a reply of this length to the request with this ticket.
    package static func header(for count: Int, ticket: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.put(ticket)
        writer.put(UInt32(clamping: count))
        return writer.bytes
    }

    /// The length that a header announces; `nil` when it is none, more than `mostReplyBytes`, or that of an
    /// answer to another request.
    package static func length(ofHeader header: [UInt8], ticket: UInt32) -> Int? {
        var reader = ByteReader(header)
        guard reader.uint32() == ticket, let count = reader.uint32(), reader.isAtEnd,
            count <= mostReplyBytes
        else { return nil }
        return Int(count)
    }

    /// The bytes of a request.
    package static func encode(_ wish: PictureWish, ticket: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.put(ticket)
        writer.put(wish.effort.rawValue)
        writer.put(UInt16(clamping: wish.copySide))
        return writer.bytes
    }

    /// What is wished, and the ticket that the reply is to show; `nil` when the bytes are no request.
    package static func request(_ bytes: [UInt8]) -> (wish: PictureWish, ticket: UInt32)? {
        var reader = ByteReader(bytes)
        guard let ticket = reader.uint32(), let effort = reader.uint8().flatMap(PictureWish.Effort.init),
            let side = reader.uint16(), side <= PictureWish.mostCopySide, reader.isAtEnd
        else { return nil }
        return (PictureWish(effort: effort, copySide: Int(side)), ticket)
    }

    /// The bytes of a reply. Symbols past the limits are left out.
    package static func encode(_ reply: Result<PictureReading, ScanFailure>) -> [UInt8] {
        var writer = ByteWriter()
        switch reply {
        case .success(let picture): encode(picture, &writer)
        case .failure(let failure): encode(failure, &writer)
        }
        return writer.bytes
    }

    private static func encode(_ picture: PictureReading, _ writer: inout ByteWriter) {
        let symbols = picture.symbols.filter { $0.bytes.count <= mostSymbolBytes }.prefix(mostSymbols)
        writer.put(UInt8(0))
        writer.put(UInt32(clamping: picture.width))
        writer.put(UInt32(clamping: picture.height))
        encode(picture.pages, &writer)
        writer.put(UInt16(symbols.count))
        for symbol in symbols {
            writer.put(UInt8(clamping: Symbology.allCases.firstIndex(of: symbol.symbology) ?? 255))
            writer.put(UInt8(clamping: symbol.page))
            writer.put(UInt8(symbol.isDisputed ? 1 : 0))
            let aim = Array((symbol.aimIdentifier ?? "").utf8.prefix(8))
            writer.put(UInt8(aim.count))
            writer.put(aim)
            let points = symbol.points.prefix(mostPoints)
            writer.put(UInt8(points.count))
            for point in points {
                writer.put(UInt32(bitPattern: Int32(clamping: point.x)))
                writer.put(UInt32(bitPattern: Int32(clamping: point.y)))
            }
            writer.put(UInt16(symbol.bytes.count))
            writer.put(symbol.bytes)
        }
        writer.put(UInt16(clamping: picture.copy?.width ?? 0))
        writer.put(UInt16(clamping: picture.copy?.height ?? 0))
        writer.put(picture.copy?.pixels ?? [])
    }

    private static func encode(_ failure: ScanFailure, _ writer: inout ByteWriter) {
        switch failure {
        case .notAPicture: writer.put(UInt8(1))
        case .tooLarge: writer.put(UInt8(2))
        case .corrupt(let reason):
            writer.put(UInt8(3))
            writer.put(Array(reason.utf8.prefix(200)))
        case .unconfined(let reason):
            writer.put(UInt8(4))
            writer.put(Array(reason.utf8.prefix(200)))
        }
    }

    /// What a reply says; `nil` when it is not one.
    package static func decode(_ bytes: [UInt8]) -> Result<PictureReading, ScanFailure>? {
        var reader = ByteReader(bytes)
        switch reader.uint8() {
        case 0: return picture(&reader).map { .success($0) }
        case 1: return reader.isAtEnd ? .failure(.notAPicture) : nil
        case 2: return reader.isAtEnd ? .failure(.tooLarge) : nil
        case 3: return .failure(.corrupt(reason: plain(reader.rest())))
        case 4: return .failure(.unconfined(reason: plain(reader.rest())))
        case .some, .none: return nil
        }
    }

    private static func picture(_ reader: inout ByteReader) -> PictureReading? {
        guard let width = reader.uint32(), let height = reader.uint32(), let pages = pages(&reader),
            let count = reader.uint16(), count <= mostSymbols
        else { return nil }
        var picture = PictureReading(width: Int(width), height: Int(height), symbols: [])
        picture.pages = pages
        for _ in 0..<count {
            guard let symbol = symbol(&reader), symbol.page <= pages.lookedAt else { return nil }
            picture.symbols.append(symbol)
        }
        guard let width = reader.uint16(), let height = reader.uint16(),
            width <= PictureWish.mostCopySide, height <= PictureWish.mostCopySide,
            let pixels = reader.take(Int(width) * Int(height)), reader.isAtEnd
        else { return nil }
        if !pixels.isEmpty {
            picture.copy = GrayCopy(width: Int(width), height: Int(height), pixels: pixels)
        }
        return picture
    }

    private static func symbol(_ reader: inout ByteReader) -> Symbol? {
        guard let kind = reader.uint8(), kind < Symbology.allCases.count,
            let page = reader.uint8(), page > 0, let disputed = reader.uint8(), disputed <= 1,
            let aimLength = reader.uint8(), let aim = reader.take(Int(aimLength)),
            let pointCount = reader.uint8(), pointCount <= mostPoints
        else { return nil }
        var points: [Point] = []
        for _ in 0..<pointCount {
            guard let x = reader.uint32(), let y = reader.uint32() else { return nil }
            points.append(Point(x: Int(Int32(bitPattern: x)), y: Int(Int32(bitPattern: y))))
        }
        guard let length = reader.uint16(), length <= mostSymbolBytes, let bytes = reader.take(Int(length))
        else { return nil }
        var symbol = Symbol(
            symbology: Symbology.allCases[Int(kind)], bytes: bytes,
            aimIdentifier: aim.isEmpty ? nil : plain(aim), points: points,
            isDisputed: disputed == 1)
        symbol.page = Int(page)
        return symbol
    }

    /// Printable ASCII only: these words go to a terminal.
    private static func plain(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(200).filter { (0x20..<0x7F).contains($0) }, as: UTF8.self)
    }
}
