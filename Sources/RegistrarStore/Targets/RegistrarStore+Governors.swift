package import Model
import RegistrarCore
import SQLite
package import TargetCore

extension RegistrarStore {
    /// Changes what the governor of an account has seen, alone with it among all processes that share the registrar. `body` gets
    /// the account's own numbers too.
    package func govern<Value: Sendable>(
        _ account: String, _ body: @Sendable (inout GovernorState, [OwnLimit]) -> Value
    ) throws(RegistrarStoreError) -> Value {
        try jot { connection throws(SQLiteError) in
            let reader = RegistrarReader(connection: connection)
            let text = try reader.governor(of: account)
            var state = GovernorState()
            if let known = governors[account], known.text == text {
                state = known.state
            } else if let text {
                state = GovernorState.kept(as: text)
            }
            let value = body(&state, try reader.ownLimits(of: account))
            let kept: String
            do { kept = try CanonicalJSON.text(state) } catch { throw .malformedRow(column: "state") }
            governors[account] = (kept, state)
            if kept != text {
                try connection.run(
                    "INSERT OR REPLACE INTO governor(account, state) VALUES (?, ?)", .text(account),
                    .text(kept))
            }
            return value
        }
    }

    /// As it stands now, with the account's own numbers.
    package func governor(
        of account: String
    ) throws(RegistrarStoreError) -> (state: GovernorState, own: [OwnLimit]) {
        try read { reader throws(SQLiteError) in
            (
                try reader.governor(of: account).map(GovernorState.kept) ?? GovernorState(),
                try reader.ownLimits(of: account)
            )
        }
    }

    /// Sets an account's own numbers, and goes back to those of the documents for the names of `reset`. `target` is where that
    /// was said.
    package func setLimits(
        of account: String, _ own: [OwnLimit], reset: [String], at target: TargetID, by actor: OperatorID?,
        at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                for name in reset {
                    let known = try transaction.connection.run(
                        "DELETE FROM own_limit WHERE account = ? AND name = ? RETURNING name", .text(account),
                        .text(name))
                    guard !known.isEmpty else { continue }
                    try transaction.note(
                        "limit_reset", by: actor, to: target.rawValue, ["account": account, "limit": name])
                }
                for limit in own {
                    try transaction.connection.run(
                        "INSERT OR REPLACE INTO own_limit(account, name, count, seconds) VALUES (?, ?, ?, ?)",
                        .text(account), .text(limit.name), .integer(limit.count), .optional(limit.seconds))
                    var detail = ["account": account, "limit": limit.name, "calls": String(limit.count)]
                    detail["seconds"] = limit.seconds.map(String.init)
                    try transaction.note("limit_set", by: actor, to: target.rawValue, detail)
                }
            }
        }
    }
}

extension RegistrarReader {
    fileprivate func governor(of account: String) throws(SQLiteError) -> String? {
        try list("SELECT state FROM governor WHERE account = ?", [.text(account)]) {
            row throws(SQLiteError) in try row.text("state")
        }.first
    }

    fileprivate func ownLimits(of account: String) throws(SQLiteError) -> [OwnLimit] {
        try list("SELECT name, count, seconds FROM own_limit WHERE account = ?", [.text(account)]) {
            row throws(SQLiteError) in
            OwnLimit(
                try row.text("name"), count: try row.integer("count"),
                seconds: try row.optionalInteger("seconds"))
        }
    }
}

extension GovernorState {
    /// What cannot be read any more has no more to tell than a new one.
    fileprivate static func kept(as text: String) -> GovernorState {
        do { return try CanonicalJSON.decode(GovernorState.self, from: Array(text.utf8)) } catch {
            return GovernorState()
        }
    }
}
