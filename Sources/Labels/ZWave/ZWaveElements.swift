import Model

/// The elements behind the key of a Z-Wave label: type with a critical bit, length, value.
enum ZWaveElements {
    static func read(_ digits: inout DigitReader, into reading: inout Reading) throws(LabelFault) {
        var seen: Set<Int> = []
        while !digits.rest.isEmpty {
            let head = try digits.take(2)
            let count = try digits.take(2)
            var value = try digits.part(count)
            guard seen.insert(head / 2).inserted else { throw .duplicate }
            try read(type: head / 2, isCritical: head % 2 == 1, &value, into: &reading)
        }
        guard seen.contains(0), seen.contains(1) else { throw .missingField }
    }

    private static func read(
        type: Int, isCritical: Bool, _ value: inout DigitReader, into reading: inout Reading
    ) throws(LabelFault) {
        switch type {
        case 0:
            let deviceClass = hex(try value.word())
            try reading.fields.add("zwave.deviceClass", "\(deviceClass.prefix(2)):\(deviceClass.suffix(2))")
            try reading.fields.add("zwave.icon", hex(try value.word()))
        case 1:
            try reading.fields.add("vendorID", hex(try value.word()))
            try reading.fields.add("productType", hex(try value.word()))
            try reading.fields.add("productID", hex(try value.word()))
            let version = try value.word()
            try reading.fields.add("appVersion", "\(version >> 8).\(version & 0xFF)")
        case 2: try reading.fields.add("zwave.maxInclusionInterval", String(try value.take(2) * 128))
        case 3: try addIdentifier(&value, to: &reading)
        case 4: try reading.fields.add("zwave.protocols", String(try value.take(value.rest.count)))
        default:
            guard !isCritical else { throw .unsupportedCritical }
            return
        }
        guard value.rest.isEmpty else { throw .badLength }
    }

    /// Sixteen bytes, in 32 hex digits as they are printed in no dashed form.
    private static func addIdentifier(
        _ value: inout DigitReader, to reading: inout Reading
    ) throws(LabelFault) {
        _ = try value.take(2)
        var text = ""
        for _ in 0..<8 { text += hex(try value.word()).lowercased() }
        try reading.fields.add("uuid", text)
    }

    private static func hex(_ word: Int) -> String {
        Hexadecimal.encode([UInt8(word >> 8), UInt8(word & 0xFF)], uppercase: true)
    }
}
