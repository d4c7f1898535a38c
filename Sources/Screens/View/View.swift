package import Canvas
package import Preview

/// What a screen shows, as meaning: the full screen and the linear mode each draw it their own way.
package struct View: Equatable, Sendable {
    package var title: String
    package var blocks: [Block]

    package init(title: String, blocks: [Block]) {
        self.title = title
        self.blocks = blocks
    }

    /// Whether there is a list of which an entry can be chosen.
    package var hasChoice: Bool {
        blocks.contains { block in
            if case .list(_, selected: .some) = block { true } else { false }
        }
    }

    package enum Block: Equatable, Sendable {
        case heading(String)
        /// A paragraph, wrapped.
        case text(String, CellRole)
        /// Names with values, the names in one column.
        case facts([Fact])
        /// Entries of which one can be chosen; `selected` counts within `items`.
        case list([Item], selected: Int?)
        /// The one thing to do on this screen, drawn large.
        case button(Action, String)
        /// Where text is typed.
        case field(label: String, text: String, hint: String)
        case progress(done: Int, total: Int, label: String)
        /// A camera's picture; two rows of pixels make one row of cells.
        case picture(Pixels)
        /// A square of dark and light modules for a camera to read.
        case matrix([[Bool]], caption: String)
        case gap
    }

    package struct Fact: Equatable, Sendable {
        package var label: String
        package var value: String
        package var role: CellRole

        package init(_ label: String, _ value: String, role: CellRole = .normal) {
            self.label = label
            self.value = value
            self.role = role
        }
    }

    /// One line of a list: a sign with its word, then cells of which the first matters most.
    package struct Item: Equatable, Sendable {
        package var mark: String
        package var cells: [String]
        package var role: CellRole

        package init(mark: String = "", _ cells: [String], role: CellRole = .normal) {
            self.mark = mark
            self.cells = cells
            self.role = role
        }
    }

    /// A grey picture made to fit, with the cells that lie on the outline of what was found in it.
    package struct Pixels: Equatable, Sendable {
        package var frame: GrayFrame
        package var outline: [PreviewCell]

        package init(frame: GrayFrame, outline: [PreviewCell] = []) {
            self.frame = frame
            self.outline = outline
        }
    }
}

/// What a touch or click on a place of the screen means.
package enum Target: Equatable, Sendable {
    case action(Action)
    /// An entry of the list, by its number within all items.
    case item(Int)
}
