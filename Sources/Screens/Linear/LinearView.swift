import Canvas
package import Labels
package import Model

/// What is seen as plain lines, in an order that stays the same: for screen readers, and for terminals that only print.
///
/// No line art, no picture: a list's entries are numbered `#1`, actions `.1`, and every sign has its word beside it.
package struct LinearView: Equatable, Sendable {
    package let title: String
    package let lines: [String]

    package init(_ state: AppState, _ reader: LabelReader) {
        let context = state.context(reader)
        let view = state.top.screen.view(context)
        title = "== \(view.title) =="
        var lines: [String] = []
        if let notice = state.notice { lines.append("* \(notice.text)") }
        if let trouble = state.trouble {
            lines += ["! \(trouble.what)", "> \(trouble.nextStep) [\(trouble.id)]"]
        } else {
            lines += view.blocks.flatMap { Self.lines(of: $0, context) }
        }
        lines.append(Self.actions(state.offers(reader), context))
        lines.append(StatusLine(context).words)
        self.lines = lines.map(VisibleText.of)
    }

    private static func lines(of block: View.Block, _ context: Context) -> [String] {
        switch block {
        case .heading(let text), .text(let text, _): return [text]
        case .facts(let facts): return facts.map { "\($0.label): \($0.value)" }
        case .list(let items, let selected):
            return items.enumerated().map { index, item in
                let words = ([item.mark] + item.cells).filter { !$0.isEmpty }.joined(separator: ", ")
                let chosen = index == selected ? " (\(context.say(.linearChosen)))" : ""
                return "#\(index + 1) \(words)\(chosen)"
            }
        case .button(_, let label): return [context.say(.linearEnter, label)]
        case .field(let label, let text, let hint):
            return [text.isEmpty ? "\(label)? \(hint)" : "\(label): \(text)"]
        case .progress(let done, let total, let label): return ["\(label): \(done)/\(total)"]
        case .picture: return []
        case .matrix(_, let caption): return [caption]
        case .gap: return []
        }
    }

    private static func actions(_ offers: [Offer], _ context: Context) -> String {
        let numbered = offers.prefix(9).enumerated().map { index, offer in
            ".\(index + 1) \(context.say(offer.action.name))"
        }
        return (numbered + [".0 \(context.say(.actionHelp))", ". \(context.say(.actionBack))"])
            .joined(separator: "  ")
    }

    /// The lines that a person has not heard yet: all of another screen, else those that are new.
    package func news(since old: LinearView?) -> [String] {
        guard let old, old.title == title else { return [title] + lines }
        return lines.filter { !old.lines.contains($0) }
    }
}

extension AppState {
    /// Takes in a line of the linear mode: nothing is Enter, `.2` the second action, `.` back, `#3` the third entry, and
    /// everything else a scan or text.
    package mutating func handle(line: SecretText, reader: LabelReader) -> [Request] {
        notice = nil
        if takesSecret, line.count > Self.longestCommand {
            trouble = nil
            return take(secret: line, reader)
        }
        return handle(line: line.plain, reader)
    }

    /// `.` and a number, or `#` and one. Every secret is longer.
    private static let longestCommand = 3

    private mutating func handle(line: String, _ reader: LabelReader) -> [Request] {
        if trouble != nil {
            // As with a scanner: what is no command means the work, and closes the message.
            trouble = nil
            if line.isEmpty || line.first == "." { return [] }
        }
        if line.isEmpty { return tell(.entered, reader) }
        if line == "." { return act(.back, reader) }
        if line.first == ".", let number = Int(line.dropFirst()) {
            let offers = offers(reader)
            guard number > 0 else { return act(.help, reader) }
            return offers.indices.contains(number - 1) ? act(offers[number - 1].action, reader) : []
        }
        if line.first == "#", let number = Int(line.dropFirst()), number > 0 {
            return tell(.touched(number - 1), reader)
        }
        return take(text: line, reader)
    }

    private mutating func take(secret: SecretText, _ reader: LabelReader) -> [Request] {
        var field = TextField()
        field.hide(in: secret)
        top.update { $0.field = field }
        return tell(.entered, reader)
    }

    /// A line that is no command: for a field as if it were typed, else a scan.
    private mutating func take(text: String, _ reader: LabelReader) -> [Request] {
        if top.screen.field != nil {
            edit { field in
                field.clear()
                text.unicodeScalars.forEach { field.add($0) }
            }
            return tell(.entered, reader)
        }
        return tell(.scanned(Scanned(Payload(text: text), origin: .typed)), reader)
    }
}
