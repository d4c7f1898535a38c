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
        let buttons = ButtonBar(offers, context, size: frame.size, inField: takesText)
        let foot = 1 + buttons.rows
        var top = 1
        if let notice = state.notice {
            top += drawNotice(notice, row: rows >= 12 ? 1 : 0)
        }
        let area = Rect(column: 0, row: top, columns: columns, rows: max(0, rows - foot - top))
        drawContent(in: area)
        targets += buttons.draw(on: &frame, row: rows - foot)
        StatusLine(context).draw(on: &frame, row: rows - 1)
        return Rendering(frame: frame, targets: targets)
    }

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

    /// Returns how many rows it takes from the content.
    private mutating func drawNotice(_ notice: Notice, row: Int) -> Int {
        let (sign, role): (String, CellRole) =
            switch notice.kind {
            case .success: ("✓", .flash)
            case .information: ("·", .selected)
            case .warning: ("!", .bad)
            }
        frame.fill(Rect(column: 0, row: row, columns: columns, rows: 1), role: role)
        frame.put(
            TextLayout.truncate(" \(sign) \(notice.text)", columns: columns), column: 0, row: row, role: role)
        return row == 0 ? 0 : 1
    }

    private mutating func drawContent(in area: Rect) {
        let lines: ViewLines
        if let trouble = state.trouble {
            lines = ViewLines(Self.view(of: trouble, context), columns: columns, rows: area.rows)
        } else {
            lines = ViewLines(view, columns: columns, rows: area.rows)
        }
        targets += lines.draw(on: &frame, in: area)
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
