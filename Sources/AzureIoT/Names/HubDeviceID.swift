import Model

/// The name of a device in a hub's registry; unlike a registration id it keeps its case.
///
/// Source: IoT Hub REST API 2021-04-12, `Device`.
package struct HubDeviceID: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static let longest = 128

    package static var rule: String { "1 to 128 of A-Z, a-z, 0-9 and - . % _ * ? ! ( ) , : = @ $ '" }

    package static func accepts(_ text: String) -> Bool {
        (1...longest).contains(text.utf8.count) && text.utf8.allSatisfy(isAllowed)
    }

    /// `+` and `#` are allowed by the service too and refused here: MQTT has other uses for them, and some
    /// makers' SDKs sign them wrongly.
    static func isAllowed(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            || Array("-.%_*?!(),:=@$'".utf8).contains(byte)
    }
}
