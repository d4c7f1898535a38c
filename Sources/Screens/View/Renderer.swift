package import Canvas
package import Labels
import Model

/// Draws what is seen: title, notice, the screen's view, buttons and the status line, whatever the size.
package struct Renderer {
    private let state: AppState
    private let context: Context
    private let view: View
    private let offers: [Offer]
    private var frame: Frame
    private var targets: [Rendering.Area] = []

    package init(_ state: AppState, _ reader: LabelReader) {
        self.state = state
        context = state.context(reader)
        view = state.top.screen.view(context)
        offers = state.offers(reader)
        frame = Frame(size: state.size)
    }

    private var columns: Int { frame.size.columns }
    private var rows: Int { frame.size.rows }

    package consuming func render() -> Rendering {
        frame.fill(Rect(column: 0, row: 0, columns: columns, rows: rows), role: .normal)
        drawTitle()
        if let notice = state.notice { drawNotice(notice, row: noticeRows == 0 ? 0 : 1) }
        targets += lines.draw(on: &frame, in: area, scrolled: state.scrolled)
        targets += buttons.draw(on: &frame, row: area.end.row)
        StatusLine(context).draw(on: &frame, row: rows - 1)
        return Rendering(frame: frame, targets: targets)
    }

    private var buttons: ButtonBar { ButtonBar(offers, context, size: frame.size, inField: takesText) }

    /// Where there is no row to spare, a notice lies over the title.
    private var noticeRows: Int { state.notice != nil && rows >= 12 ? 1 : 0 }

    private var area: Rect {
        let top = 1 + noticeRows
        return Rect(
            column: 0, row: top, columns: columns, rows: max(0, rows - 1 - buttons.rows - top))
    }

    private var lines: ViewLines {
        let seen = state.trouble.map { Self.view(of: $0, context) } ?? view
        return ViewLines(seen, columns: columns, rows: area.rows, touch: context.settings.touch)
    }

    /// Rows that there is no room for at once.
    package var hiddenRows: Int { lines.hidden(rows: area.rows) }

    private var takesText: Bool { state.trouble == nil && state.top.screen.field != nil }

    private mutating func drawTitle() {
        let line = Rect(column: 0, row: 0, columns: columns, rows: 1)
        frame.fill(line, role: .title)
        let who = context.work.session.map { "\($0.operatorID)@\($0.registrarName)" } ?? ""
        let title = " Muster · \(view.title)"
        frame.put(TextLayout.truncate(title, columns: columns), column: 0, row: 0, role: .title)
        let room = columns - CellWidth.of(title) - 2
        if room >= 8, !who.isEmpty {
            let text = TextLayout.truncate(who, columns: room)
            frame.put(text, column: columns - CellWidth.of(text) - 1, row: 0, role: .title)
        }
    }

    private mutating func drawNotice(_ notice: Notice, row: Int) {
        let (sign, role): (String, CellRole) =
            switch notice.kind {
            case .success: ("✓", .flash)
            case .information: ("·", .selected)
            case .warning: ("!", .bad)
            }
        frame.fill(Rect(column: 0, row: row, columns: columns, rows: 1), role: role)
        frame.put(
            TextLayout.truncate(" \(sign) \(notice.text)", columns: columns), column: 0, row: row, role: role)
    }

    private static func view(of trouble: Explanation, _ context: Context) -> View {
        View(
            title: "",
            blocks: [
                .text("! " + trouble.what, .bad), .gap, .text("→ " + trouble.nextStep, .normal), .gap,
                .text("[\(trouble.id)]", .hint), .button(.dismiss, context.say(.troubleDismiss)),
            ])
    }
}

/// A drawn screen, and what a touch on a place of it means.
package struct Rendering: Equatable, Sendable {
    package struct Area: Equatable, Sendable {
        package var area: Rect
        package var target: Target
    }

    package var frame: Frame
    /// Where areas overlap, the later one counts.
    package var targets: [Area]
}
