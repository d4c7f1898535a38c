import CommandTable
import Model
import Store

/// Tenant and site of a command: as named, else of the job, else by the environment, else the only one there is.
struct Place {
    let companion: Companion
    let registrar: RegistrarProfile
    let job: Job?

    init(_ companion: Companion, _ registrar: RegistrarProfile, job: Job? = nil) {
        self.companion = companion
        self.registrar = registrar
        self.job = job
    }

    func tenant() async throws -> TenantID {
        if let named: TenantID = try named("tenant", job?.tenant, "MUSTER_TENANT") { return named }
        let known = try await companion.store.tenants(registrar.registrar)
        guard known.count == 1, let only = known.first else {
            throw CommandFailure(
                .usage, "tenant_missing", "Nothing was saved: it is not clear for which tenant.",
                known.isEmpty
                    ? "Name it with --tenant." : "Name it with --tenant: \(known.map(\.tenantID.rawValue)).")
        }
        return only.tenantID
    }

    /// The site; `nil` when none is named and the tenant has none or several.
    func site(of tenant: TenantID) async throws -> SiteID? {
        if let named: SiteID = try named("site", job?.site, "MUSTER_SITE") { return named }
        let known = try await companion.store.sites(registrar.registrar, tenant: tenant)
        return known.count == 1 ? known.first?.siteID : nil
    }

    private func named<ID: Identifier>(_ option: String, _ ofJob: ID?, _ variable: String) throws -> ID? {
        if let text = companion.context.invocation.value(option) { return try ArgumentText.identifier(text) }
        if let ofJob { return ofJob }
        return try companion.surroundings.variables[variable].map { try ArgumentText.identifier($0) }
    }
}
