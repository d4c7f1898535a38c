import Model
import Store
import Wire

/// What was done to a device, as a table; where to, where anything was provisioned outside.
struct DeviceHistoryTable {
    private var table: TextTable

    /// By this store.
    init(_ entries: [OutboxEntry], now: Timestamp) {
        let goesOut = entries.contains { $0.receipt?.target != nil }
        table = TextTable(
            header: ["SAVED AT", "", "WHAT"] + (goesOut ? ["WHERE TO"] : []) + [
                "BY", "RECEIPT", "APPLIED AT",
            ])
        for entry in entries {
            let place = goesOut ? [DeviceTargetRows.place(entry.receipt?.target)] : []
            table.rows.append(
                [
                    entry.acceptedAt.description, "\(entry.mark.symbol) \(entry.mark.word)", entry.summary,
                ] + place + [
                    entry.operatorID.rawValue,
                    entry.receipt?.shortCode ?? EntryTable.state(of: entry, now: now),
                    entry.receipt?.appliedAt.description ?? "",
                ])
        }
    }

    /// By the registrar. `receipt`: reads a genuine one.
    init(_ events: [HistoryEvent], receipt: (String) -> Receipt?) {
        let places = events.map { DeviceTargetRows.place(receipt($0.receipt)?.target) }
        let goesOut = places.contains { !$0.isEmpty }
        table = TextTable(
            header: ["APPLIED AT", "WHAT", "OUTCOME"] + (goesOut ? ["WHERE TO"] : [])
                + ["BY", "VERSION", "RECEIPT"])
        for (event, place) in zip(events, places) {
            table.rows.append(
                [event.at.description, event.summary, event.outcome.rawValue] + (goesOut ? [place] : []) + [
                    event.operatorID.rawValue, String(event.deviceVersion),
                    EntryTable.code(of: event.operationID),
                ])
        }
    }

    var lines: [String] { table.lines }
}
