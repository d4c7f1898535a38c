package import Model
import SQLite

extension Store {
    /// The open jobs of a tenant, or of all tenants: those that are due first come first.
    package func jobs(
        _ registrar: RegistrarID, tenant: TenantID? = nil
    ) throws(StoreError) -> [Job] {
        let jobs = try rows(
            """
            SELECT content FROM job WHERE registrar = ?1 AND (?2 IS NULL OR tenant = ?2)
            ORDER BY tenant, job
            """, [.text(registrar.rawValue), .optional(tenant?.rawValue)], Self.job)
        return jobs.sorted { Self.urgency($0) < Self.urgency($1) }
    }

    /// The open job of that name; of any tenant when none is named and only one has such a job.
    package func job(
        _ registrar: RegistrarID, tenant: TenantID? = nil, _ id: JobID
    ) throws(StoreError) -> Job? {
        let found = try rows(
            """
            SELECT content FROM job WHERE registrar = ?1 AND job = ?3 AND (?2 IS NULL OR tenant = ?2)
            LIMIT 2
            """, [.text(registrar.rawValue), .optional(tenant?.rawValue), .text(id.rawValue)], Self.job)
        return found.count == 1 ? found.first : nil
    }

    /// How far a job is, by what this store has saved and what the registrar has told of its site.
    package func progress(of job: Job, registrar: RegistrarID) throws(StoreError) -> JobProgress {
        JobProgress(of: job, devices: try devices(ofJob: job, registrar: registrar))
    }

    private static func job(_ row: SQLiteRow) throws(SQLiteError) -> Job { try row.json("content", Job.self) }

    private static func urgency(_ job: Job) -> (due: String, tenant: TenantID, job: JobID) {
        (job.due?.description ?? "9999-99-99", job.tenant, job.jobID)
    }
}
