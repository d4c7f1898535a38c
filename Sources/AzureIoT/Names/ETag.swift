package import TargetCore

/// The mark of a record's version, as `If-Match` wants it: in quotes, once.
package struct ETag: Equatable, Sendable {
    private let text: String

    /// - Parameter text: as a body or a header gave it, with quotes or without.
    package init(_ text: String) {
        let visible = String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F })
        let isQuoted =
            visible.hasSuffix("\"") && visible.utf8.count >= 2
            && (visible.hasPrefix("\"") || visible.hasPrefix("W/\""))
        self.text = isQuoted ? visible : "\"\(visible)\""
    }

    private init(raw: String) { text = raw }

    /// Any version, as the provisioning service writes it.
    package static let any = ETag(raw: "*")
    /// Any version, as a hub writes it.
    package static let anyAtHub = ETag(raw: "\"*\"")

    package var ifMatch: CloudCall.Field { CloudCall.Field("If-Match", text) }
}
