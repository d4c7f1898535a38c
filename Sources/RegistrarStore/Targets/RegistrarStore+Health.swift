package import Model
import RegistrarCore
import SQLite
package import TargetCore

extension RegistrarStore {
    /// What has been seen of each target; those of which there is nothing to say are left out.
    package func seenTargets() throws(RegistrarStoreError) -> [TargetID: TargetSeen] {
        try read { reader throws(SQLiteError) in try reader.seenTargets() }
    }

    /// Keeps what calls have shown, and gives what has changed for placement. Nothing is written where nothing is new.
    package func learn(
        _ lessons: [TargetLesson], at now: Timestamp
    ) throws(RegistrarStoreError) -> [(target: TargetID, change: TargetHealth.Change)] {
        let known = try seenTargets()
        let news = lessons.filter { lesson in
            var seen = known[lesson.target] ?? TargetSeen()
            _ = seen.learn(lesson, at: now)
            return seen != known[lesson.target] ?? TargetSeen()
        }
        guard !news.isEmpty else { return [] }
        return try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                var changes: [(target: TargetID, change: TargetHealth.Change)] = []
                let known = try transaction.reader.seenTargets()
                for lesson in news {
                    var seen = known[lesson.target] ?? TargetSeen()
                    let change = seen.learn(lesson, at: now)
                    try Self.keep(seen, of: lesson.target, transaction)
                    guard let change else { continue }
                    changes.append((lesson.target, change))
                    try Self.note(change, of: lesson.target, &transaction)
                }
                return changes
            }
        }
    }

    /// The targets at which one harmless call is due; nobody else gets the same ones. `policies` are theirs, in seconds.
    package func takeTries(
        _ policies: [TargetID: Int], at now: Timestamp
    ) throws(RegistrarStoreError) -> [TargetID] {
        func due(_ known: [TargetID: TargetSeen]) -> [TargetID: TargetSeen] {
            policies.reduce(into: [:]) { due, policy in
                guard var seen = known[policy.key],
                    seen.health.takeTry(downAfterSeconds: policy.value, at: now)
                else { return }
                due[policy.key] = seen
            }
        }
        guard !due(try seenTargets()).isEmpty else { return [] }
        return try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                let taken = due(try transaction.reader.seenTargets())
                for (target, seen) in taken { try Self.keep(seen, of: target, transaction) }
                return taken.keys.sorted { $0.rawValue < $1.rawValue }
            }
        }
    }

    /// Forgets that a target was found to be down, by the word of a person.
    ///
    /// - Returns: whether it was.
    @discardableResult
    package func endOutage(
        of target: TargetID, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) -> Bool {
        guard let seen = try seenTargets()[target], seen.health != TargetHealth() else { return false }
        return try change(at: now) { transaction throws(RegistrarStoreError) in
            try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                guard let seen = try transaction.reader.seenTargets()[target] else { return false }
                try Self.keep(TargetSeen(clock: seen.clock), of: target, transaction)
                guard let outage = seen.health.outage else { return false }
                try transaction.notePlacementChange()
                try transaction.note(
                    "target_up", by: actor, to: target.rawValue, ["downSince": outage.since.description])
                return true
            }
        }
    }

    private static func keep(
        _ seen: TargetSeen, of target: TargetID, _ transaction: RegistrarTransaction
    ) throws(SQLiteError) {
        // A target may have been forgotten meanwhile.
        try transaction.connection.run(
            """
            INSERT OR REPLACE INTO target_seen(target_id, health, clock)
            SELECT target_id, ?, ? FROM target WHERE target_id = ?
            """, try .json(seen.health), seen.clock == nil ? .null : try .json(seen.clock),
            .text(target.rawValue))
    }

    private static func note(
        _ change: TargetHealth.Change, of target: TargetID, _ transaction: inout RegistrarTransaction
    ) throws(SQLiteError) {
        try transaction.notePlacementChange()
        switch change {
        case .wentDown(let outage):
            try transaction.note(
                "target_down", by: nil, to: target.rawValue,
                ["reason": outage.reason, "since": outage.since.description])
        case .cameUp(let outage):
            try transaction.note(
                "target_up", by: nil, to: target.rawValue, ["downSince": outage.since.description])
        }
    }
}

extension RegistrarReader {
    fileprivate func seenTargets() throws(SQLiteError) -> [TargetID: TargetSeen] {
        let rows = try list("SELECT * FROM target_seen") { row throws(SQLiteError) in
            (
                try row.value("target_id", TargetID.init(rawValue:)),
                TargetSeen(health: try row.json("health"), clock: try row.optionalJSON("clock"))
            )
        }
        return Dictionary(rows) { first, _ in first }
    }

    /// Targets that were found to be down.
    func outages() throws(SQLiteError) -> Set<TargetID> {
        Set(try seenTargets().filter { $0.value.health.outage != nil }.keys)
    }
}
