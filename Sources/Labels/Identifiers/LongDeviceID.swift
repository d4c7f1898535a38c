/// A device identifier of 128 hex digits, a public key by itself. Source: Azure Sphere documentation, "Device
/// ID".
enum LongDeviceID {
    static let format = LabelFormat(name: "device-id", fit: fit, read: read)

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        let text = scan.text.trimmed
        return text.count == 128 && text.isAllHex ? .possible : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading {
        let text = scan.text.trimmed
        guard text.isAllHex else { throw .badCharset }
        guard text.count == 128 else { throw .badLength }
        guard Set(text) != ["0"], Set(text.uppercased()) != ["F"] else { throw .forbiddenValue }
        var reading = Reading()
        try reading.fields.add("deviceId", text)
        return reading
    }
}
