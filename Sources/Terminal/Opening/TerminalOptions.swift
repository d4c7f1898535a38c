/// How the terminal is to be used.
package struct TerminalOptions: Sendable {
    /// `TERM`.
    package var type: String
    /// Signs of ASCII only, whatever the terminal can.
    package var wantsASCII: Bool
    /// Pictures in greys where the terminal has 256 colours; characters of different darkness otherwise.
    package var allowsGreys: Bool
    package var allowsMouse: Bool
    /// Milliseconds on a clock that never goes back; also the clock of `wait` and of every input.
    package var clock: @Sendable () -> Int64

    package init(
        type: String, wantsASCII: Bool = false, allowsGreys: Bool = true, allowsMouse: Bool = true,
        clock: @escaping @Sendable () -> Int64
    ) {
        self.type = type
        self.wantsASCII = wantsASCII
        self.allowsGreys = allowsGreys
        self.allowsMouse = allowsMouse
        self.clock = clock
    }
}

/// What the terminal can do.
package struct TerminalCapabilities: Equatable, Sendable {
    /// The entry that is used: `TERM`, or a near one when that is not known here.
    package var type: String
    /// 0, 8, 16, 88 or 256 and more.
    package var colors: Int
    package var glyphs: GlyphSet
    package var hasMouse: Bool
    package var tellsPaste: Bool
    package var hasTitle: Bool
    /// Whether pictures are drawn in greys.
    package var hasGreys: Bool
}
