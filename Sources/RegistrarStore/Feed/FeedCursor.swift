import Model

/// Where a reader of the feed stands: behind which change, of which registrar. Opaque to the reader.
struct FeedCursor: Equatable {
    var registrar: RegistrarID
    var change: Int

    init(registrar: RegistrarID, change: Int) {
        self.registrar = registrar
        self.change = change
    }

    /// `nil` for text that no registrar wrote.
    init?(_ text: String) {
        guard let bytes = Base64.decodeURL(text), let plain = String(validating: bytes, as: UTF8.self) else {
            return nil
        }
        let parts = plain.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0] == "1", let registrar = RegistrarID(rawValue: parts[1]),
            let change = Int(parts[2]), change >= 0
        else { return nil }
        self.init(registrar: registrar, change: change)
    }

    var text: String { Base64.encodeURL("1 \(registrar) \(change)".utf8) }
}
