/// Codes for phones: contacts, bookmarks, messages. They are recognised so that nobody takes one for a
/// serial.
///
/// Source: NTT DOCOMO, "MECARD", "MEBKM"; RFC 6350; RFC 6068.
enum PhoneCard {
    static let format = LabelFormat(name: "phone-card", fit: fit, read: read)

    private static let prefixes = [
        "MECARD:", "MEBKM:", "BIZCARD:", "BEGIN:VCARD", "BEGIN:VEVENT", "MATMSG:", "mailto:", "tel:", "sms:",
        "smsto:", "geo:",
    ]

    private static func fit(_ scan: Scan) -> LabelFormat.Fit {
        prefixes.contains { scan.text.hasPrefixIgnoringCase($0) } ? .certain : .none
    }

    private static func read(_ scan: Scan) throws(LabelFault) -> Reading { throw .unrecognised }
}
