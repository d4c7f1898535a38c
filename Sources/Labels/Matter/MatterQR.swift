import Model

/// Matter's QR payload: `MT:` and base 38.
///
/// Source: Matter Core Specification 1.3, section 5.1.3.
enum MatterQR {
    static let format = LabelFormat(name: "matter-qr", fit: fit, read: read)

    private static let prefix = "MT:"

    private static func fit(_ scan: Scan) -> LabelFormat.Fit { payload(scan.text) == nil ? .none : .certain }

    /// The part of `%`-separated text that is Matter's.
    private static func payload(_ text: String) -> Substring? {
        text.split(separator: "%").first { $0.hasPrefix(prefix) }
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        guard let payload = payload(scan.text) else { throw .badStructure }
        var devices: [LabelFields] = []
        for part in payload.dropFirst(prefix.count).split(separator: "*", omittingEmptySubsequences: false) {
            devices.append(try device(try Base38.decode(part)))
        }
        var reading = Reading(devices[0])
        reading.furtherDevices = Array(devices.dropFirst())
        return reading
    }

    /// 88 bits, the least significant first, then optional elements.
    private static func device(_ bytes: [UInt8]) throws(LabelFault) -> LabelFields {
        guard bytes.count >= 11 else { throw .badLength }
        var bits = BitReader(bytes)
        guard bits.take(3) == 0 else { throw .unsupportedVersion }
        var fields = LabelFields()
        try fields.add("vendorID", hex(bits.take(16)))
        try fields.add("productID", hex(bits.take(16)))
        let flow = bits.take(2)
        guard flow < 3 else { throw .outOfRange }
        try fields.add("matter.flow", String(flow))
        try fields.add("matter.capabilities", String(bits.take(8)))
        try fields.add("matter.discriminator", String(bits.take(12)))
        try fields.add("secret.setupPin", try SetupPasscode.text(bits.take(27)))
        guard bits.take(4) == 0 else { throw .outOfRange }
        if bytes.count > 11, let serial = try MatterElements.serial(bytes[11...]) {
            try fields.add("serial", serial)
        }
        return fields
    }

    private static func hex(_ value: Int) -> String {
        Hexadecimal.encode([UInt8(value >> 8), UInt8(value & 0xFF)], uppercase: true)
    }
}

/// Takes numbers out of bytes, the least significant bit first.
struct BitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next bits as a number; bits behind the end are zero.
    mutating func take(_ count: Int) -> Int {
        var value = 0
        for index in 0..<count {
            let place = position + index
            if place / 8 < bytes.count, bytes[place / 8] >> (place % 8) & 1 == 1 { value |= 1 << index }
        }
        position += count
        return value
    }
}

/// The optional elements behind the fixed part: a structure of tagged values, of which the serial (tag 0)
/// counts.
///
/// Source: Matter Core Specification 1.3, section 5.1.5 and appendix A.
enum MatterElements {
    static func serial(_ bytes: ArraySlice<UInt8>) throws(LabelFault) -> String? {
        var rest = bytes
        guard rest.popFirst() == 0x15 else { throw .badStructure }
        var serial: String?
        while let control = rest.popFirst(), control != 0x18 {
            // One byte of context tag; other kinds of tag do not occur here.
            guard control & 0xE0 == 0x20, let tag = rest.popFirst() else { throw .badStructure }
            let value = try value(control & 0x1F, &rest)
            if tag == 0 { serial = value }
        }
        return serial
    }

    /// A value of the types that are allowed, as text where it can be a serial.
    private static func value(_ type: UInt8, _ rest: inout ArraySlice<UInt8>) throws(LabelFault) -> String? {
        switch type {
        case 0x00...0x03: _ = try take(1 << Int(type), &rest)
        case 0x04...0x07: return String(number(try take(1 << Int(type - 0x04), &rest)))
        case 0x08, 0x09, 0x14: break
        case 0x0C, 0x0D, 0x10, 0x11:
            let width = type & 1 == 0 ? 1 : 2
            let content = try take(Int(number(try take(width, &rest))), &rest)
            guard type < 0x10 else { return nil }
            guard let text = String(validating: content, as: UTF8.self) else { throw .badCharset }
            return text
        default: throw .badStructure
        }
        return nil
    }

    private static func take(_ count: Int, _ rest: inout ArraySlice<UInt8>) throws(LabelFault) -> [UInt8] {
        guard rest.count >= count else { throw .badLength }
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    private static func number(_ bytes: [UInt8]) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
