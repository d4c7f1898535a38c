/// What came from the terminal: one thing that a person, a scanner or the system did.
package enum Input: Equatable, Sendable {
    /// One character, printable or control: Return is U+000D, Tab U+0009, Escape U+001B, Backspace U+007F, Ctrl-A U+0001;
    /// a scanner's GS, RS and EOT arrive as they are. Alt and a key are Escape and the key. What is no UTF-8 is U+FFFD.
    case text(Unicode.Scalar)
    case key(Key)
    /// Pasted text as it was, control characters included.
    case paste([UInt8])
    case mouse(MouseEvent)
    case resized(Size)
    /// The terminal's window got or lost the keyboard.
    case focus(Bool)
    /// The terminal has gone: nothing can be shown or read any more.
    case hangUp
    /// The system or a person wants the program to end.
    case terminate
    /// Ctrl-Z, or the same from elsewhere.
    case suspend
    /// The program goes on after it was stopped from outside; all is drawn anew.
    case resumed
}

/// An input, and when it arrived: what a scanner sends comes faster than anybody types.
package struct TimedInput: Equatable, Sendable {
    package var input: Input
    /// On the clock that the terminal was given.
    package var milliseconds: Int64

    package init(_ input: Input, milliseconds: Int64) {
        self.input = input
        self.milliseconds = milliseconds
    }
}
