import CommandTable
import Model
import Wire

/// What an operator of the samples' registrar sets up: customers, their sites, products, deliveries and the job.
///
/// Adds what is missing and leaves alone what is there, so that it can be done again.
struct DemoSetUp {
    let client: RegistrarClient
    let job: Job

    /// The job of Assets/jobs.
    static func sampleJob(_ context: CommandContext) throws -> Job {
        guard let assets = context.surroundings.assetsDirectory else {
            throw CommandFailure(
                .unavailable, "samples_missing", "Nothing was done: the sample labels are not installed.",
                "Run it from the source directory, or install Assets in share/muster.")
        }
        return try CanonicalJSON.decode(
            Job.self, from: try InputFile.bytes(assets + "/jobs/sample-job.json"))
    }

    func run() async throws {
        let (tenant, other, site) = (DemoWorld.tenant, DemoWorld.otherTenant, DemoWorld.site)
        try await client.addMissing(
            [
                Tenant(tenantID: tenant, name: "Nordlicht"),
                Tenant(tenantID: other, name: "Another customer"),
            ], to: .tenants, by: \.tenantID)
        try await client.addMissing(
            [
                Site(siteID: site, tenant: tenant, name: "Oslo, basement"),
                Site(siteID: site, tenant: other, name: "Oslo, roof"),
            ], to: .sites
        ) { "\($0.tenant)/\($0.siteID)" }
        try await client.addMissing(DemoCatalogue.products, to: .products, by: \.productID)
        let _: Items<DeviceRecord> = try await client.post(
            Items(items: DemoCatalogue.deliveries), to: .add(.deliveries))
        try await client.addMissing([job], to: .jobs) { "\($0.tenant)/\($0.jobID)" }
    }
}

extension RegistrarClient {
    /// Adds those of the items whose name the registrar does not have yet.
    func addMissing<Item: Codable & Equatable & Sendable, ID: Hashable>(
        _ items: [Item], to collection: Route.Collection, by id: (Item) -> ID
    ) async throws {
        let known: Items<Item> = try await get(.list(collection))
        let names = Set(known.items.map(id))
        try await add(items.filter { !names.contains(id($0)) }, to: collection)
    }
}
