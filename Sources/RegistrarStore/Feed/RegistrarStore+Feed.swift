package import Model
import RegistrarCore
import SQLite
package import Wire

extension RegistrarStore {
    /// A page of what changed in a tenant's view since a cursor; all of it when there is none.
    ///
    /// - Throws: `refused` with `cannot_calculate_changes` when the cursor is of another registrar, of a later time than the
    ///   database, or older than the tombstones that are kept.
    package func changes(
        of tenant: TenantID, since cursor: String?, seenBy caller: Operator, at now: Timestamp
    ) throws(RegistrarStoreError) -> Changes {
        let state = try read { reader throws(SQLiteError) in try FeedState(reader, tenant) }
        guard let catalogue = state.tenant else { throw .refused(Problem(.unknownTenant)) }
        var since = 0
        if let cursor {
            guard let known = FeedCursor(cursor), known.registrar == registrar, known.change <= state.newest,
                known.change >= state.floor || known.change == 0
            else { throw .refused(Problem(.cannotCalculateChanges)) }
            since = known.change
        }
        return try read { reader throws(SQLiteError) in
            let rows = try FeedPage.rows(reader, tenant, after: since, upTo: state.newest)
            let page = try FeedPage(reader, rows, of: tenant, seenBy: caller, at: now)
            let showsCatalogue = cursor == nil || state.catalogueChange > since
            return Changes(
                devices: page.devices, removedDevices: page.removed,
                catalogue: showsCatalogue
                    ? Catalogue(
                        tenant: catalogue,
                        sites: try reader.sites(of: tenant).filter { caller.sees($0, at: now) },
                        products: try reader.products(),
                        jobs: try reader.openJobs(of: tenant).filter { caller.sees($0, at: now) },
                        services: try reader.services(),
                        placement: try reader.placementView(of: tenant, at: now)) : nil,
                nextCursor: FeedCursor(registrar: registrar, change: page.end ?? state.newest).text,
                more: page.end != nil, serverTime: now)
        }
    }

    /// Gives up tombstones that are older than `RegistrarLimits.tombstoneSeconds`; cursors from before them start anew.
    package func forgetOldTombstones(at now: Timestamp) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                let end = SQLiteValue.timestamp(now.advanced(bySeconds: -RegistrarLimits.tombstoneSeconds))
                try transaction.connection.run(
                    """
                    UPDATE meta SET feed_floor = max(feed_floor,
                        coalesce((SELECT max(sequence) FROM change WHERE removed = 1 AND at < ?), 0))
                    """, end)
                try transaction.connection.run("DELETE FROM change WHERE removed = 1 AND at < ?", end)
            } catch { throw .database(error) }
        }
    }
}

/// How far the feed reaches.
private struct FeedState {
    var newest: Int
    var floor: Int
    var tenant: Tenant?
    /// The change at which the tenant's catalogue was last different.
    var catalogueChange: Int

    init(_ reader: RegistrarReader, _ id: TenantID) throws(SQLiteError) {
        guard
            let row = try reader.connection.run(
                """
                SELECT change_sequence, feed_floor, max(products_change, coalesce(
                    (SELECT catalogue_change FROM tenant WHERE tenant_id = ?), 0)) AS catalogue_change FROM meta
                """, .text(id.rawValue)
            ).first
        else { throw .malformedRow(column: "meta") }
        newest = try row.integer("change_sequence")
        floor = try row.integer("feed_floor")
        catalogueChange = try row.integer("catalogue_change")
        tenant = try reader.tenant(id)
    }
}

/// The devices of a page, as far as the reader may follow them.
private struct FeedPage {
    var devices: [DeviceRecord] = []
    var removed: [DeviceID] = []
    /// The change that the page ends at when it does not reach the newest.
    var end: Int?

    struct Row {
        var sequence: Int
        var deviceID: DeviceID
        var isRemoved: Bool
    }

    /// One more than fit on a page, so that the last page is known as such.
    static func rows(
        _ reader: RegistrarReader, _ tenant: TenantID, after: Int, upTo newest: Int
    ) throws(SQLiteError) -> [Row] {
        try reader.list(
            """
            SELECT sequence, device_id, removed FROM change
            WHERE tenant = ? AND sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?
            """,
            [
                .text(tenant.rawValue), .integer(after), .integer(newest),
                .integer(RegistrarLimits.entriesPerPage + 1),
            ]
        ) { row throws(SQLiteError) in
            Row(
                sequence: try row.integer("sequence"), deviceID: try RegistrarReader.deviceID(row),
                isRemoved: try row.integer("removed") == 1)
        }
    }

    init(
        _ reader: RegistrarReader, _ rows: [Row], of tenant: TenantID, seenBy caller: Operator,
        at now: Timestamp
    ) throws(SQLiteError) {
        var bytes = 0
        for (index, row) in rows.enumerated() {
            if index == RegistrarLimits.entriesPerPage || bytes > RegistrarLimits.bytesPerPage {
                end = rows[index - 1].sequence
                return
            }
            let handled =
                caller.role == .installer
                ? try Self.handled(row.deviceID, by: caller.operatorID, reader) : false
            if row.isRemoved {
                if caller.role != .installer || handled { removed.append(row.deviceID) }
                bytes += 64
            } else if let device = try reader.device(row.deviceID)?.record,
                caller.follows(device, of: tenant, handled: handled, at: now)
            {
                devices.append(device)
                bytes +=
                    512 + device.identity.fields.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
            }
        }
    }

    private static func handled(
        _ device: DeviceID, by person: OperatorID, _ reader: RegistrarReader
    ) throws(SQLiteError) -> Bool {
        let rows = try reader.connection.run(
            "SELECT 1 AS found FROM operation WHERE device_id = ? AND operator_id = ? LIMIT 1",
            .text(device.rawValue), .text(person.rawValue))
        return !rows.isEmpty
    }
}
