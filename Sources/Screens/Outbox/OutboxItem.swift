import Model

/// One operation as a line of a list: sign and word, what, and its state.
enum OutboxItem {
    static func of(_ row: OutboxRow, _ context: Context) -> View.Item {
        View.Item(
            mark: "\(row.mark.symbol) \(context.say(row.mark.phrase))",
            [row.summary, code(of: row.operationID), row.state], role: row.mark.role)
    }

    /// Four characters by which a person names an operation.
    static func code(of id: OperationID) -> String { id.rawValue.suffix(4).uppercased() }
}
