/// One cell of the terminal.
package struct Cell: Equatable, Sendable {
    package enum Content: Equatable, Sendable {
        /// One grapheme cluster, drawn from this cell on.
        case text(Character)
        /// The second half of a wide grapheme.
        case continuation
        /// Two pixels of a picture, one above the other; 0 is black, 255 is white.
        case picture(upper: UInt8, lower: UInt8)
    }

    package var content: Content
    package var role: CellRole

    package init(_ content: Content, role: CellRole) {
        self.content = content
        self.role = role
    }

    package static let blank = Cell(.text(" "), role: .normal)
}
