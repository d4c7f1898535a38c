import Model

/// Which key of which token, as RFC 7512 writes it: `pkcs11:token=Acme;object=issuing?pin-source=/etc/acme/pin`.
///
/// Taken are the attributes `token`, `serial`, `manufacturer`, `model`, `object`, `id` and `type=private`, and after the
/// question mark `module-path` and `pin-source`. A PIN in the address itself is refused: whoever lists processes sees it.
package struct ModuleKeyURI: Equatable, Sendable, CustomStringConvertible {
    package let description: String
    let token, serial, manufacturer, model, object: String?
    let id: [UInt8]
    /// The shared library; p11-kit's, which knows all that are installed, when none is named.
    let modulePath: String
    /// The file with the PIN; `nil` for a token that wants none.
    package let pinSource: String?

    /// Reads the PIN in a file.
    package typealias PINReader = @Sendable (_ path: String) throws(ModuleError) -> SecretBytes

    static let usualModule = "p11-kit-proxy.so"
    package static let scheme = "pkcs11:"

    /// - Throws: `badURI`, with what must hold.
    package init(_ text: String) throws(ModuleError) {
        guard text.hasPrefix(Self.scheme), text.utf8.count <= 1000,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .badURI(rule: "it must be printable ASCII that begins with \(Self.scheme)") }
        let halves = text.dropFirst(Self.scheme.count).split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var path = try Self.attributes(halves[0], separator: ";")
        var query = halves.count == 2 ? try Self.attributes(halves[1], separator: "&") : [:]
        token = try Self.text(path.removeValue(forKey: "token"))
        serial = try Self.text(path.removeValue(forKey: "serial"))
        manufacturer = try Self.text(path.removeValue(forKey: "manufacturer"))
        model = try Self.text(path.removeValue(forKey: "model"))
        object = try Self.text(path.removeValue(forKey: "object"))
        id = path.removeValue(forKey: "id") ?? []
        if let type = path.removeValue(forKey: "type"), type != Array("private".utf8) {
            throw .badURI(rule: "its type must be private")
        }
        modulePath = try Self.text(query.removeValue(forKey: "module-path")) ?? Self.usualModule
        pinSource = try Self.pinSource(query.removeValue(forKey: "pin-source"))
        guard query["pin-value"] == nil else {
            throw .badURI(rule: "a PIN must be in a file that pin-source names")
        }
        if let unknown = (path.keys.sorted() + query.keys.sorted()).first {
            throw .badURI(rule: "`\(unknown)` is not understood here")
        }
        guard object != nil || !id.isEmpty else {
            throw .badURI(rule: "it must name the key by object or id")
        }
        description = text
    }

    private static func attributes(
        _ text: Substring, separator: Character
    ) throws(ModuleError) -> [String: [UInt8]] {
        var attributes: [String: [UInt8]] = [:]
        for part in text.split(separator: separator) {
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2, let value = PercentEncoding.bytes(halves[1]), !value.contains(0),
                attributes.updateValue(value, forKey: String(halves[0])) == nil
            else { throw .badURI(rule: "each part must be name=value, and none may come twice") }
        }
        return attributes
    }

    private static func text(_ value: [UInt8]?) throws(ModuleError) -> String? {
        guard let value else { return nil }
        guard let text = String(validating: value, as: UTF8.self) else {
            throw .badURI(rule: "its texts must be UTF-8")
        }
        return text
    }

    private static func pinSource(_ value: [UInt8]?) throws(ModuleError) -> String? {
        guard var path = try text(value) else { return nil }
        if path.hasPrefix("file:") { path.removeFirst("file:".count) }
        if path.hasPrefix("///") { path.removeFirst(2) }
        guard path.hasPrefix("/") else { throw .badURI(rule: "pin-source must be the whole path of a file") }
        return path
    }

    /// Without what is of this machine only.
    var withoutFiles: String { String(description.prefix { $0 != "?" }) }
}
