/// How one keyboard-wedge scanner sends what it reads: what it puts around a payload, and instead of a GS.
package struct WedgeSettings: Codable, Equatable, Sendable {
    /// Stands before every payload, such as `#`; empty when the scanner adds nothing.
    package var prefix: String
    /// Stands behind every payload, before the terminator.
    package var suffix: String
    /// What the scanner sends for the separator GS; `nil` when it sends the byte 0x1D (Ctrl+]).
    package var gsSubstitute: String?
    /// What may end a payload.
    package var terminators: [WedgeTerminator]
    /// The keyboard layout that machine and scanner share; `nil` when it was never found out.
    package var layout: KeyboardLayout?

    package init(
        prefix: String = "", suffix: String = "", gsSubstitute: String? = nil,
        terminators: [WedgeTerminator] = WedgeTerminator.allCases, layout: KeyboardLayout? = nil
    ) {
        self.prefix = prefix
        self.suffix = suffix
        self.gsSubstitute = gsSubstitute
        self.terminators = terminators
        self.layout = layout
    }

    /// What scanners that nobody has set up send.
    package static let standard = WedgeSettings()

    /// What scanners are set to send for GS, where it is not the byte itself.
    package static let commonSubstitutes = ["~", "|", "{GS}", "<GS>", "^]", "{", "}"]
}

/// What ends a payload that a scanner typed.
package enum WedgeTerminator: String, Codable, CaseIterable, Sendable {
    case cr = "CR"
    case lf = "LF"
    case crlf = "CRLF"
    case tab = "TAB"

    /// As it arrives.
    package var scalars: [Unicode.Scalar] {
        switch self {
        case .cr: ["\r"]
        case .lf: ["\n"]
        case .crlf: ["\r", "\n"]
        case .tab: ["\t"]
        }
    }

    /// The terminator at the end of a text, the longest of those that fit; `nil` when none of them is there.
    static func atEnd(of text: ArraySlice<Unicode.Scalar>, among terminators: [Self]) -> Self? {
        terminators.filter { text.suffix($0.scalars.count) == $0.scalars[...] }
            .max { $0.scalars.count < $1.scalars.count }
    }
}
