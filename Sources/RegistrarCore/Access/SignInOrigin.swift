package import Model

/// From where a sign-in is tried.
package struct SignInOrigin: Equatable, Sendable {
    /// SHA-256 of the certificate whose key the tablet has shown; `nil` where it showed none.
    package var tablet: PayloadHash?
    /// Whose tries are counted together: an IPv4 address, or the 64 bits of an IPv6 address that its holder was given,
    /// in hex digits; empty where there is no network between.
    package var address: String

    /// `address`: 4 or 16 bytes in network order; `nil` within one process.
    package init(tablet: PayloadHash?, address: [UInt8]?) {
        self.tablet = tablet
        let bytes = address ?? []
        // Source: RFC 4291, section 2.5.5.2 (IPv4-mapped) and section 2.5.4 (64-bit prefixes).
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        self.address = Hexadecimal.encode(
            bytes.count == 16 ? bytes.starts(with: mapped) ? bytes.suffix(4) : bytes.prefix(8) : bytes[...])
    }
}
