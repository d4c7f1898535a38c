package import Model
import RegistrarCore
import SQLite

extension RegistrarStore {
    /// The open jobs of all tenants.
    package func jobs() throws(RegistrarStoreError) -> [Job] {
        try read { reader throws(SQLiteError) in try reader.openJobs(of: nil) }
    }

    /// Adds jobs, all or none. One that is open already with the same content is passed over.
    ///
    /// - Throws: `refused` when a job has a fault, names what is not there, or has the name of another or a closed one; and
    ///   when the open jobs of the tenant would no longer fit one answer of the feed.
    package func add(
        _ jobs: [Job], by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            for job in jobs {
                if let fault = job.fault { throw .refused(fault) }
                let known = try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                    try Self.fault(of: job, transaction.reader)
                }
                if let known { throw .refused(known) }
                try Self.add(job, by: actor, &transaction)
            }
        }
    }

    private static func add(
        _ job: Job, by actor: OperatorID?, _ transaction: inout RegistrarTransaction
    ) throws(RegistrarStoreError) {
        if let known = try known(job, transaction.reader) {
            guard known.isOpen, known.job == job else {
                throw .refused(
                    Problem(
                        .alreadyExists,
                        detail: known.isOpen
                            ? "There is another job \(job.jobID)." : "The job \(job.jobID) is closed."))
            }
            return
        }
        do throws(SQLiteError) {
            try transaction.connection.run(
                "INSERT INTO job(tenant, job_id, site, content, added_at) VALUES (?, ?, ?, ?, ?)",
                .text(job.tenant.rawValue), .text(job.jobID.rawValue), .text(job.site.rawValue),
                try .json(job), .timestamp(transaction.now))
            try note("job_added", job, by: actor, &transaction)
        } catch { throw .database(error) }
        guard try bytesOfOpenJobs(of: job.tenant, transaction.reader) <= RegistrarLimits.openJobBytes else {
            throw .refused(
                Problem(
                    .requestTooLarge,
                    detail: "The open jobs of \(job.tenant) are longer than tablets can fetch at once.",
                    nextStep: "Close jobs that are done, or give this one a shorter list."))
        }
    }

    /// Closes a job: it leaves the feed, and its name stays taken. Closing it again changes nothing.
    ///
    /// `allowed`: why the caller may not close this job; `nil` when the caller may.
    /// - Returns: the job, or `nil` when there is none of that name.
    package func closeJob(
        _ id: JobID, of tenant: TenantID, by actor: OperatorID?, at now: Timestamp,
        unless refusal: @Sendable (Job) -> Problem?
    ) throws(RegistrarStoreError) -> Job? {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            let found = try RegistrarStoreError.wrapping { () throws(SQLiteError) in
                try transaction.reader.job(id, of: tenant)
            }
            guard let found else { return nil }
            if let problem = refusal(found.job) { throw .refused(problem) }
            guard found.isOpen else { return found.job }
            do throws(SQLiteError) {
                try transaction.connection.run(
                    "UPDATE job SET closed_at = ? WHERE tenant = ? AND job_id = ?", .timestamp(now),
                    .text(tenant.rawValue), .text(id.rawValue))
                try Self.note("job_closed", found.job, by: actor, &transaction)
            } catch { throw .database(error) }
            return found.job
        }
    }

    /// The audit entry of a change, and the word to the tenant's tablets that the catalogue is different.
    private static func note(
        _ action: String, _ job: Job, by actor: OperatorID?, _ transaction: inout RegistrarTransaction
    ) throws(SQLiteError) {
        try transaction.connection.run(
            "UPDATE tenant SET catalogue_change = ? WHERE tenant_id = ?",
            .integer(transaction.nextChange()),
            .text(job.tenant.rawValue))
        try transaction.note(
            action, by: actor, to: "\(job.tenant)/\(job.jobID)",
            [
                "tenant": job.tenant.rawValue, "site": job.site.rawValue,
                "expected": String(job.expected.count),
            ])
    }

    private static func known(
        _ job: Job, _ reader: RegistrarReader
    ) throws(RegistrarStoreError) -> (job: Job, isOpen: Bool)? {
        try RegistrarStoreError.wrapping { () throws(SQLiteError) in
            try reader.job(job.jobID, of: job.tenant)
        }
    }

    /// What the job names and the registrar does not have.
    private static func fault(of job: Job, _ reader: RegistrarReader) throws(SQLiteError) -> Problem? {
        guard try reader.tenant(job.tenant) != nil else {
            return Problem(.unknownTenant, detail: "There is no tenant \(job.tenant).")
        }
        guard try reader.sites(of: job.tenant).contains(where: { $0.siteID == job.site }) else {
            return Problem(.unknownSite, detail: "Tenant \(job.tenant) has no site \(job.site).")
        }
        let missing = job.products.subtracting(try reader.products().map(\.productID)).min()
        return missing.map {
            Problem(.requestMalformed, detail: "Job \(job.jobID): there is no product \($0).")
        }
    }

    private static func bytesOfOpenJobs(
        of tenant: TenantID, _ reader: RegistrarReader
    ) throws(RegistrarStoreError) -> Int {
        try RegistrarStoreError.wrapping { () throws(SQLiteError) in
            try reader.connection.run(
                """
                SELECT coalesce(sum(length(CAST(content AS BLOB))), 0) AS bytes FROM job
                WHERE tenant = ? AND closed_at IS NULL
                """, .text(tenant.rawValue)
            ).first?.integer("bytes") ?? 0
        }
    }
}

extension RegistrarReader {
    /// The open jobs of a tenant; of all tenants when none is named.
    func openJobs(of tenant: TenantID?) throws(SQLiteError) -> [Job] {
        try list(
            """
            SELECT content FROM job WHERE closed_at IS NULL AND (?1 IS NULL OR tenant = ?1)
            ORDER BY tenant, job_id
            """, [.optional(tenant?.rawValue)]
        ) { row throws(SQLiteError) in try row.json("content", Job.self) }
    }

    func job(_ id: JobID, of tenant: TenantID) throws(SQLiteError) -> (job: Job, isOpen: Bool)? {
        try list(
            "SELECT content, closed_at FROM job WHERE tenant = ? AND job_id = ?",
            [.text(tenant.rawValue), .text(id.rawValue)]
        ) { row throws(SQLiteError) in
            (try row.json("content", Job.self), try row.optionalInteger("closed_at") == nil)
        }.first
    }
}
