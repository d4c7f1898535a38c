package import Model
package import Processes
package import SQLite

/// Why the registrar's store did not do what was asked. Nothing was changed.
package enum RegistrarStoreError: Explained, Equatable, Sendable {
    case database(SQLiteError)
    case system(SystemError)
    /// There is no registrar in that directory.
    case missing(directory: String)
    /// There is a registrar in that directory already.
    case exists(directory: String)
    /// A certificate or receipt could not be made.
    case workshop(Explanation)
    /// What was asked is not possible; the answer to whoever asked.
    case refused(Problem)

    package var explanation: Explanation {
        switch self {
        case .database(let error): error.explanation
        case .system(let error): error.explanation
        case .missing(let directory):
            Explanation(
                id: "registrar_missing", what: "There is no registrar in \(directory).",
                nextStep: "Name its directory with --directory, or make one with `muster-registrar init`.")
        case .exists(let directory):
            Explanation(
                id: "registrar_exists",
                what: "Nothing was made: there is a registrar in \(directory) already.",
                nextStep: "Use it, or name another directory with --directory.")
        case .workshop(let explanation): explanation
        case .refused(let problem): problem.explanation
        }
    }

    /// Runs file work and names its failure as the store's.
    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(SystemError) -> Value
    ) throws(RegistrarStoreError) -> Value {
        do { return try body() } catch { throw .system(error) }
    }

    /// Runs database work and names its failure as the store's.
    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(SQLiteError) -> Value
    ) throws(RegistrarStoreError) -> Value {
        do { return try body() } catch { throw .database(error) }
    }
}

extension RegistrarStoreError: SQLiteErrorConvertible {
    package init(_ error: SQLiteError) { self = .database(error) }
}
