/// One payload that a scanner typed or somebody pasted, without what the way through the keyboard put around
/// it.
package struct WedgeScan: Equatable, Sendable, CustomStringConvertible {
    /// Whether a scanner typed it, or it came from the clipboard.
    package enum Origin: String, Codable, Sendable {
        case scanner, paste
    }

    /// UTF-8, with GS as 0x1D.
    package var payload: [UInt8]
    /// Such as `]C1`; `nil` when the scanner does not say.
    package var aim: String?
    /// `nil` when silence ended the payload.
    package var terminator: WedgeTerminator?
    package var origin: Origin

    /// A payload may be a secret, so it is not printed.
    package var description: String {
        "\(payload.count) bytes by \(origin.rawValue), \(aim ?? "kind unknown")"
    }
}
