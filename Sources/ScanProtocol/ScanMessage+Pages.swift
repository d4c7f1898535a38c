extension ScanMessage {
    static func encode(_ pages: PageCount, _ writer: inout ByteWriter) {
        let failed = pages.failed.prefix(mostPages)
        writer.put(UInt32(clamping: pages.total))
        writer.put(UInt8(clamping: pages.lookedAt))
        writer.put(UInt8(failed.count))
        for page in failed { writer.put(UInt8(clamping: page)) }
    }

    /// `nil` when the numbers contradict each other.
    static func pages(_ reader: inout ByteReader) -> PageCount? {
        guard let total = reader.uint32(), let lookedAt = reader.uint8(), lookedAt > 0,
            lookedAt <= mostPages, lookedAt <= total,
            let count = reader.uint8(), let failed = reader.take(Int(count)),
            zip(failed, failed.dropFirst()).allSatisfy({ $0 < $1 }), failed.first != 0,
            (failed.last ?? 0) <= lookedAt
        else { return nil }
        return PageCount(total: Int(total), lookedAt: Int(lookedAt), failed: failed.map { Int($0) })
    }
}
