package import Model

/// Why the database did not do what was asked.
package enum SQLiteError: Explained, Equatable, Sendable {
    /// The disk is full; also what SQLite reports as a failed write or a failed shared-memory growth.
    case diskFull(path: String)
    /// Another process held the write lock for longer than the bound.
    case busy
    case readOnly(path: String)
    case cannotOpen(path: String, reason: String)
    /// The file is damaged, or no database at all.
    case corrupt(path: String, reason: String)
    /// The file belongs to another program.
    case foreignFile(path: String)
    /// The file was written by a newer version of the program.
    case newer(path: String, found: Int, known: Int)
    /// Reading or writing the device failed; whether the last commit reached it is not known.
    case inputOutput(path: String, code: Int32, reason: String)
    case constraint(String)
    /// A row that does not hold what the program wrote there.
    case malformedRow(column: String)
    /// Anything else, which is a mistake in the program or its SQL.
    case misuse(code: Int32, reason: String)

    package var explanation: Explanation {
        switch self {
        case .diskFull(let path):
            Explanation(
                id: "store_full", kind: .cannotWrite,
                what: "Nothing more was saved: the disk that holds \(path) is full.",
                nextStep: "Free space on that disk, then do the last step again.")
        case .busy:
            Explanation(
                id: "store_busy", what: "Nothing was saved: another process is writing to the store.",
                nextStep: "Wait a moment and do the last step again.")
        case .readOnly(let path):
            Explanation(
                id: "store_read_only", kind: .cannotWrite,
                what: "Nothing was saved: \(path) cannot be written.",
                nextStep: "Check the owner and the mode of the file and its directory.")
        case .cannotOpen(let path, let reason):
            Explanation(
                id: "store_cannot_open", kind: .cannotWrite,
                what: "The store \(path) could not be opened: \(reason).",
                nextStep: "Check that the directory exists and is yours.")
        case .corrupt(let path, let reason):
            Explanation(
                id: "store_corrupt", what: "The store \(path) is damaged: \(reason).",
                nextStep: "Keep a copy of the file, and ask support to recover what it holds.")
        case .foreignFile(let path):
            Explanation(
                id: "store_foreign", what: "\(path) is a database of another program and was left untouched.",
                nextStep: "Name another place for the store.")
        case .newer(let path, let found, let known):
            Explanation(
                id: "store_newer", kind: .cannotWrite,
                what:
                    "\(path) was written by a newer version (schema \(found), known up to \(known)) and was "
                    + "left untouched.",
                nextStep: "Update this program.")
        case .inputOutput(let path, let code, let reason):
            Explanation(
                id: "store_io",
                what:
                    "The disk that holds \(path) failed: \(reason) (\(code)). Whether the last step was saved "
                    + "is not certain.",
                nextStep: "Look for it in the queue before doing it again, and check the disk.")
        case .constraint(let detail):
            Explanation(
                id: "store_constraint",
                what: "Nothing was saved: a rule of the store forbids it (\(detail)).",
                nextStep: "Report this to support with what you did.")
        case .malformedRow(let column):
            Explanation(
                id: "store_row", what: "A row of the store could not be read: \(column) is not as written.",
                nextStep: "Keep a copy of the store, and ask support to look at it.")
        case .misuse(let code, let reason):
            Explanation(
                id: "store_misuse", what: "The store refused a statement: \(reason) (\(code)).",
                nextStep: "Report this to support with what you did.")
        }
    }
}

/// An error that can stand for a database error, so that a transaction throws one type.
package protocol SQLiteErrorConvertible: Error {
    init(_ error: SQLiteError)
}

extension SQLiteError: SQLiteErrorConvertible {
    package init(_ error: SQLiteError) { self = error }
}
