/// The kinds of key that Muster knows by name.
package enum KeyKind: Equatable, Sendable {
    case p256, p384, ed25519, x25519
    case rsa(bits: Int)
    /// Any other, by the name that the library gives it.
    case other(String)
}

extension KeyKind: CustomStringConvertible {
    /// The name as people write it: `EC P-256`, `RSA 2048`.
    package var description: String {
        switch self {
        case .p256: "EC P-256"
        case .p384: "EC P-384"
        case .ed25519: "Ed25519"
        case .x25519: "X25519"
        case .rsa(let bits): "RSA \(bits)"
        case .other(let name): name
        }
    }
}

extension KeyKind {
    /// Bits that an RSA key of a device may have: below, it can be broken; above, small devices cannot use it.
    package static let rsaBits = 2048...8192

    /// What stands in the way of a certificate for such a key; `nil` when nothing does.
    package enum Fault: Equatable, Sendable {
        /// No key that a TLS handshake of a device takes.
        case kind
        case tooSmall(bits: Int)
        case tooLarge(bits: Int)
    }

    package var fault: Fault? {
        switch self {
        case .p256, .p384, .ed25519: nil
        case .rsa(let bits) where bits < Self.rsaBits.lowerBound: .tooSmall(bits: bits)
        case .rsa(let bits) where bits > Self.rsaBits.upperBound: .tooLarge(bits: bits)
        case .rsa: nil
        case .x25519, .other: .kind
        }
    }
}
