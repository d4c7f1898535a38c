import Canvas
import Model

/// The last line of every screen: where the work goes, how the network is, and what became of it.
struct StatusLine {
    private let context: Context

    init(_ context: Context) {
        self.context = context
    }

    func draw(on frame: inout Frame, row: Int) {
        let columns = frame.size.columns
        frame.fill(Rect(column: 0, row: row, columns: columns, rows: 1), role: .status)
        let forms = [
            text(words: true, counts: true), text(words: false, counts: true),
            text(words: false, counts: false),
        ]
        let line =
            forms.first { CellWidth.of($0) <= columns } ?? TextLayout.truncate(forms[2], columns: columns)
        frame.put(line, column: 0, row: row, role: .status)
    }

    /// The line as words, for the linear mode.
    var words: String { text(words: true, counts: true).trimmed }

    private func text(words: Bool, counts: Bool) -> String {
        let assignment = context.assignment
        let place = [assignment.tenant?.rawValue, assignment.site?.rawValue].compactMap(\.self)
            .joined(separator: "/")
        var parts = [place.isEmpty ? context.say(.statusNoPlace) : place]
        if let job = assignment.job { parts.append(job.rawValue) }
        let hasEnded = context.work.session?.hasEnded(at: context.now) ?? false
        parts.append(context.say(hasEnded ? .networkSignedOut : context.network.word))
        let counted = context.work.counts
        let marks: [(OperationMark, Int)] = [
            (.saved, counted.saved), (.sent, counted.sent), (.confirmed, counted.confirmed),
            (.needsYou, counted.needsYou),
        ]
        let shown = marks.filter { counts || $0.0 != .confirmed }
        parts.append(
            shown.map { mark, count in
                words ? "\(mark.symbol) \(count) \(context.say(mark.phrase))" : "\(mark.symbol)\(count)"
            }.joined(separator: words ? "  " : " "))
        return " " + parts.joined(separator: words ? " · " : " ")
    }
}

extension OperationMark {
    /// The word beside the sign.
    package var phrase: Phrase {
        switch self {
        case .saved: .markSaved
        case .sent: .markSent
        case .confirmed: .markConfirmed
        case .needsYou: .markNeedsYou
        case .closed: .markClosed
        }
    }

    var role: CellRole {
        switch self {
        case .saved, .sent, .closed: .normal
        case .confirmed: .good
        case .needsYou: .warning
        }
    }
}

extension String {
    var trimmed: String { String(drop { $0 == " " }) }
}
