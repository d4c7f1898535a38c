import Model
import ScanProtocol

/// What a decode worker answers: it has read hostile bytes, so nothing that it says is trusted.
enum ScanMessageChecks {
    static func check(_ bytes: [UInt8]) throws(Violation) {
        try checkReply(bytes)
        if let (wish, ticket) = ScanMessage.request(bytes) {
            try require(
                ScanMessage.encode(wish, ticket: ticket) == bytes,
                "a request is written otherwise than it was read")
        }
        // The ticket of a header is whatever its first four bytes say.
        let ticket = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        if let length = ScanMessage.length(ofHeader: bytes, ticket: ticket) {
            try require(
                ScanMessage.header(for: length, ticket: ticket) == bytes,
                "a header is written otherwise than it was read")
        }
    }

    private static func checkReply(_ bytes: [UInt8]) throws(Violation) {
        let reply = ScanMessage.decode(bytes)
        try require(reply == ScanMessage.decode(bytes), "is decoded differently the second time")
        guard let reply else { return }
        if case .success(let picture) = reply {
            try require(picture.symbols.count <= ScanMessage.mostSymbols, "too many symbols")
            try require(
                picture.symbols.allSatisfy { $0.bytes.count <= ScanMessage.mostSymbolBytes },
                "a symbol is too long")
            if let copy = picture.copy {
                try require(copy.pixels.count == copy.width * copy.height, "a copy without all of its pixels")
            }
        }
        // What is not printable was left out, so the first writing may differ from the bytes, but not the second.
        guard let second = ScanMessage.decode(ScanMessage.encode(reply)) else {
            throw Violation("cannot be decoded again")
        }
        try require(
            ScanMessage.decode(ScanMessage.encode(second)) == second, "changes each time it is written")
    }
}
