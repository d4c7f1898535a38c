/// A public key on a named elliptic curve with a compressed point, in DER.
///
/// Source: RFC 5480, section 2; Wi-Fi Easy Connect Specification 3.0, section 5.1.
enum BootstrappingKey {
    private static let ecPublicKey: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]

    /// The curves that are allowed, by object identifier, with the length of a coordinate.
    private static let curves: [(identifier: [UInt8], name: String, bytes: Int)] = [
        ([0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07], "P-256", 32),
        ([0x2B, 0x81, 0x04, 0x00, 0x22], "P-384", 48), ([0x2B, 0x81, 0x04, 0x00, 0x23], "P-521", 66),
        ([0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x07], "BP-256", 32),
        ([0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0B], "BP-384", 48),
        ([0x2B, 0x24, 0x03, 0x03, 0x02, 0x08, 0x01, 0x01, 0x0D], "BP-512", 64),
    ]

    /// The name of the key's curve.
    static func curve(of der: [UInt8]) throws(LabelFault) -> String {
        var rest = der[...]
        var info = try element(0x30, &rest)
        guard rest.isEmpty else { throw .badStructure }
        var algorithm = try element(0x30, &info)
        guard try Array(element(0x06, &algorithm)) == ecPublicKey else { throw .unsupportedKey }
        // Parameters that are written out, instead of a curve's name, are refused.
        guard algorithm.first == 0x06 else { throw .unsupportedKey }
        let identifier = try Array(element(0x06, &algorithm))
        guard algorithm.isEmpty else { throw .badStructure }
        guard let curve = curves.first(where: { $0.identifier == identifier }) else { throw .unsupportedKey }
        let bits = try Array(element(0x03, &info))
        guard info.isEmpty, bits.first == 0, bits.count > 1 else { throw .badStructure }
        if bits[1] == 4, bits.count == 2 + 2 * curve.bytes { throw .unsupportedKey }
        guard bits[1] == 2 || bits[1] == 3, bits.count == 2 + curve.bytes else { throw .badStructure }
        return curve.name
    }

    /// Takes the content of an element with this tag off the bytes; lengths are short, or one byte long.
    private static func element(
        _ tag: UInt8, _ rest: inout ArraySlice<UInt8>
    ) throws(LabelFault) -> ArraySlice<UInt8> {
        guard rest.popFirst() == tag, var length = rest.popFirst().map(Int.init) else { throw .badStructure }
        if length == 0x81 {
            guard let long = rest.popFirst(), long >= 0x80 else { throw .badStructure }
            length = Int(long)
        } else if length == 0x82 {
            guard let high = rest.popFirst(), let low = rest.popFirst(), high > 0 else { throw .badStructure }
            length = Int(high) << 8 | Int(low)
        } else {
            guard length < 0x80 else { throw .badStructure }
        }
        guard rest.count >= length else { throw .badStructure }
        defer { rest = rest.dropFirst(length) }
        return rest.prefix(length)
    }
}
