import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// Adds jobs, all or none, each by somebody who may plan at its site.
    func addJobs(
        _ body: [UInt8], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> APIResponse {
        let items: Items<Job> = try Self.items(body)
        for job in items.items { try Self.check(.plan(job.tenant, .site(job.site)), caller, now) }
        try await ask { store in try await store.add(items.items, by: caller.operatorID, at: now) }
        return .json(items)
    }

    /// Closes a job. One at a site where the caller may not work answers as the rules of access say, one of a tenant that
    /// the caller does not serve like one that does not exist.
    func closeJob(
        _ id: JobID, of tenant: TenantID, by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> APIResponse {
        try Self.check(.plan(tenant, .anywhere), caller, now)
        let closed = try await ask { store in
            try await store.closeJob(id, of: tenant, by: caller.operatorID, at: now) { job in
                authorise(.plan(tenant, .site(job.site)), of: caller, at: now)
            }
        }
        guard let closed else {
            throw RequestFailure(Problem(.notFound, detail: "Tenant \(tenant) has no job \(id)."))
        }
        return .json(closed)
    }
}
