import Model

/// One operation as a line of a list: sign and word, what, and its state.
enum OutboxItem {
    static func of(_ row: OutboxRow, _ context: Context) -> View.Item {
        let reason = row.problem.map { ": " + context.language.explain($0.explanation).what } ?? ""
        return View.Item(
            mark: "\(row.mark.symbol) \(context.say(row.mark.phrase))",
            [
                context.language.retell(summary: row.summary), code(of: row.operationID),
                row.state.words(context) + reason,
            ], role: row.mark.role)
    }

    /// Four characters by which a person names an operation.
    static func code(of id: OperationID) -> String { id.rawValue.suffix(4).uppercased() }
}
