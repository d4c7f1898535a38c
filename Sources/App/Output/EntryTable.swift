import Model
import Store
import SyncCore

/// The outbox as a person reads it: mark and word, the code to name it by, what, where, and why it waits.
struct EntryTable {
    var entries: [OutboxEntry]
    var now: Timestamp

    var lines: [String] {
        guard !entries.isEmpty else { return ["Nothing here."] }
        var table = TextTable(header: ["", "CODE", "WHAT", "TENANT/SITE", "BY", "STATE"])
        for entry in entries {
            table.rows.append([
                "\(entry.mark.symbol) \(entry.mark.word)", EntryTable.code(of: entry.operationID),
                entry.summary,
                ([entry.tenant.rawValue] + (entry.site.map { [$0.rawValue] } ?? [])).joined(separator: "/"),
                entry.operatorID.rawValue, EntryTable.state(of: entry, now: now),
            ])
        }
        return table.lines
    }

    /// The end of the id, by which a person names an operation.
    static func code(of id: OperationID) -> String { id.rawValue.suffix(4).uppercased() }

    /// The state in words, with the reason when there is one.
    static func state(of entry: OutboxEntry, now: Timestamp) -> String {
        let reason = entry.problem.map { ": \($0.detail)" } ?? ""
        switch entry.state {
        case .draft: return "being entered"
        case .queued, .ready: return "to be sent"
        case .blocked: return "waits for \(entry.waitingFor.map(code) ?? "the one before it")"
        case .held: return "held\(reason)"
        case .inFlight: return "sent, no answer yet"
        case .inDoubt: return "sent, being asked about"
        case .waiting: return "tried again later\(reason)"
        case .rejected: return "refused\(reason)"
        case .applied, .archived: return "receipt \(entry.receipt?.shortCode ?? "kept")"
        case .superseded: return "replaced by a newer one"
        case .withdrawn: return "withdrawn"
        }
    }
}

/// One operation with everything known about it.
struct EntryCard {
    var entry: OutboxEntry

    var lines: [String] {
        var rows: [(String, String)] = [
            ("what", entry.summary),
            ("state", "\(entry.mark.symbol) \(entry.mark.word) (\(entry.state.rawValue))"),
            ("operation", entry.operationID.rawValue), ("kind", entry.kind.rawValue),
            ("device", entry.lane.rawValue), ("tenant", entry.tenant.rawValue),
            ("site", entry.site?.rawValue ?? "–"), ("operator", entry.operatorID.rawValue),
            ("registrar", entry.registrar?.rawValue ?? "–"), ("saved at", entry.acceptedAt.description),
            ("tries", String(entry.attempts)),
        ]
        if let retryAt = entry.retryAt { rows.append(("next try", retryAt.description)) }
        if let waitingFor = entry.waitingFor { rows.append(("waits for", waitingFor.rawValue)) }
        if let problem = entry.problem {
            rows += [("problem", "\(problem.detail) [\(problem.code)]"), ("do next", problem.nextStep)]
        }
        if let receipt = entry.receipt {
            rows += [
                (
                    "receipt",
                    "\(receipt.shortCode), number \(receipt.receiptSequence) of \(receipt.registrar)"
                ),
                ("outcome", receipt.outcome.rawValue), ("registrar's id", receipt.deviceID.rawValue),
                ("version", String(receipt.deviceVersion)), ("applied at", receipt.appliedAt.description),
                ("audit head", receipt.auditHead.rawValue),
            ]
        }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { $0.0 + String(repeating: " ", count: width - $0.0.count) + "  " + $0.1 }
    }
}
