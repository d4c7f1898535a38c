import Model

/// The name of a device at the Device Provisioning Service, in lower case.
///
/// The service compares names without regard to case, while a key derived from a group's does not: the same
/// name in two cases has two keys. Here there is one case only. Source: DPS REST API 2021-10-01,
/// `IndividualEnrollment`.
package struct RegistrationID: Identifier {
    package let rawValue: String
    package init(trusted rawValue: String) { self.rawValue = rawValue }

    package static let longest = 128
    /// A common name has no more, and a certificate's must be the registration id.
    package static let longestWithCertificate = 64

    package static var rule: String {
        "1 to 128 of a-z, 0-9, colon, dot, underscore and dash, ending in a letter, digit or dash"
    }

    package static func accepts(_ text: String) -> Bool {
        guard (1...longest).contains(text.utf8.count), let last = text.utf8.last else { return false }
        return text.utf8.allSatisfy(isAllowed) && (isLetterOrDigit(last) || last == UInt8(ascii: "-"))
    }

    /// The name with its ASCII capitals lowered; `nil` when a character is not allowed.
    package init?(lowering text: String) {
        self.init(rawValue: Self.lowered(text))
    }

    /// `A-Z` as `a-z`, everything else as it is.
    package static func lowered(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }, as: UTF8.self)
    }

    static func isAllowed(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || [0x2D, 0x2E, 0x3A, 0x5F].contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}
