package import Model
import SQLite
import SyncCore

extension Store {
    /// The devices that bear on a job, in the order of their lanes: those with operations under it here, then those that
    /// the registrar has at its site.
    ///
    /// A device that was released since, or whose operations were all closed by a person, is not among them.
    package func devices(ofJob job: Job, registrar: RegistrarID) throws(StoreError) -> [JobDevice] {
        let owner: [SQLiteValue] = [.text(registrar.rawValue), .text(job.tenant.rawValue)]
        let mine = try rows(Self.workClause, owner + [.text(job.jobID.rawValue)]) {
            row throws(SQLiteError) in
            JobDevice(
                lane: try row.value("lane", DeviceIdentifier.init(rawValue:)),
                identity: try row.json("identity", DeviceIdentity.self),
                position: try row.optionalText("placed_at"), mark: Self.mark(try row.integer("worst")))
        }
        let known = Set(mine.map(\.lane))
        let others = try rows(Self.siteClause, owner + [.text(job.site.rawValue)]) {
            row throws(SQLiteError) in
            JobDevice(
                lane: try row.value("lane", DeviceIdentifier.init(rawValue:)),
                identity: try row.json("identity", DeviceIdentity.self),
                position: try row.optionalText("position"), mark: .confirmed, isOfJob: false)
        }
        return mine + others.filter { !known.contains($0.lane) }
    }

    /// Per device the worst state of its operations under the job, and where the newest of them places it.
    ///
    /// The index is named, so that the history of other work is never read. `placed` is the place of operation with the
    /// largest position, found by putting that in front in 20 digits.
    static let workClause = """
        SELECT summed.lane, worst, identity, coalesce(substr(placed, 21), device.position) AS placed_at
        FROM (
            SELECT lane, max(position) AS newest, max(CASE
                    WHEN state IN ('held','rejected') THEN 3
                    WHEN state IN ('in_flight','in_doubt') THEN 2
                    WHEN state IN ('applied','archived') THEN 0
                    ELSE 1 END) AS worst,
                max(CASE WHEN kind = 'place' THEN printf('%020d', position) || placed_at END) AS placed
            FROM operation INDEXED BY operation_of_job
            WHERE job = ?3 AND tenant = ?2 AND registrar IS ?1 AND state NOT IN ('superseded','withdrawn')
            GROUP BY lane
        ) AS summed JOIN device ON device.lane = summed.lane
        WHERE NOT EXISTS (
            SELECT 1 FROM operation AS later WHERE later.lane = summed.lane AND later.kind = 'release'
                AND later.position > newest AND later.state NOT IN ('rejected','superseded','withdrawn'))
        ORDER BY summed.lane
        """

    /// What the registrar has told of a site.
    static let siteClause = """
        SELECT lane, identity, position FROM device INDEXED BY device_of_site
        WHERE device_id IS NOT NULL AND tenant = ?2 AND site = ?3 AND registrar = ?1 AND state <> 'listed'
        ORDER BY lane
        """

    private static func mark(_ worst: Int) -> OperationMark {
        switch worst {
        case 0: .confirmed
        case 2: .sent
        case 3: .needsYou
        default: .saved
        }
    }
}
