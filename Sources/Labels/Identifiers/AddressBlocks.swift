/// Who was given which block of hardware addresses, as the IEEE publishes it.
///
/// Source: IEEE Registration Authority, public listings MA-L, MA-M and MA-S as CSV: registry, assignment (6, 7 or 9 hex digits),
/// organization, address.
package struct AddressBlocks: Sendable {
    /// Names by assignment: the digits as a number, with a 1 before them so that their length counts.
    private var makers: [UInt64: String] = [:]

    /// - Parameter listings: the bytes of the CSV files; lines that are no assignments are passed over.
    package init(listings: [[UInt8]]) {
        for listing in listings {
            var start = 0
            while start < listing.count {
                let end = listing[start...].firstIndex(of: UInt8(ascii: "\n")) ?? listing.count
                add(listing[start..<end])
                start = end + 1
            }
        }
    }

    package var isEmpty: Bool { makers.isEmpty }

    /// Who was given the block of an address, 12 or 16 hex digits with or without colons; the smallest block counts.
    package func maker(of address: String) -> String? {
        let hex = address.utf8.filter { $0 != UInt8(ascii: ":") }
        return [9, 7, 6].lazy.compactMap { length in
            Self.key(hex.prefix(length), length: length).flatMap { makers[$0] }
        }.first
    }

    private mutating func add(_ line: ArraySlice<UInt8>) {
        let comma = UInt8(ascii: ",")
        guard let first = line.firstIndex(of: comma),
            let second = line[(first + 1)...].firstIndex(of: comma)
        else { return }
        let digits = line[(first + 1)..<second]
        guard [6, 7, 9].contains(digits.count), let key = Self.key(digits, length: digits.count) else {
            return
        }
        makers[key] = Self.field(line[(second + 1)...])
    }

    /// A field of CSV, which quotes surround when it holds a comma.
    private static func field(_ rest: ArraySlice<UInt8>) -> String {
        let quote = UInt8(ascii: "\"")
        let text: ArraySlice<UInt8>
        if rest.first == quote {
            text = rest.dropFirst().prefix { $0 != quote }
        } else {
            text = rest.prefix { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "\r") }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func key(_ digits: some Collection<UInt8>, length: Int) -> UInt64? {
        guard digits.count == length else { return nil }
        var key: UInt64 = 1
        for digit in digits {
            switch digit {
            case 0x30...0x39: key = key << 4 | UInt64(digit - 0x30)
            case 0x41...0x46: key = key << 4 | UInt64(digit - 0x37)
            case 0x61...0x66: key = key << 4 | UInt64(digit - 0x57)
            default: return nil
            }
        }
        return key
    }
}

/// Where a reader learns whose block a hardware address is of.
package struct AddressMakers: Sendable {
    /// The listing; `nil` when this machine has none. It is asked for only when an address turns up.
    package var blocks: @Sendable () -> AddressBlocks?

    package init(_ blocks: @escaping @Sendable () -> AddressBlocks?) {
        self.blocks = blocks
    }

    /// No listing: nothing is known of any maker.
    package static let unknown = AddressMakers { nil }
}
