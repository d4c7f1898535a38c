package import Model

/// One page of what changed in a tenant's catalogue since a cursor: `GET /v1/changes`.
///
/// Without a cursor the feed starts at the beginning. Applying a page and keeping `nextCursor` in one transaction makes
/// the pull safe to repeat. A cursor too old to answer gives the problem `cannot_calculate_changes`: start anew.
package struct Changes: Codable, Equatable, Sendable {
    /// Devices that are new in the tenant's view, or changed in it.
    package var devices: [DeviceRecord]
    /// Tombstones: devices that left the tenant's view.
    package var removedDevices: [DeviceID]
    /// The whole lists as they are now when any of them changed since the cursor; absent otherwise.
    package var catalogue: Catalogue?
    /// Opaque; hand it back to get what comes next.
    package var nextCursor: String
    /// Whether another page waits already.
    package var more: Bool
    package var serverTime: Timestamp

    package init(
        devices: [DeviceRecord], removedDevices: [DeviceID], catalogue: Catalogue?, nextCursor: String,
        more: Bool, serverTime: Timestamp
    ) {
        self.devices = devices
        self.removedDevices = removedDevices
        self.catalogue = catalogue
        self.nextCursor = nextCursor
        self.more = more
        self.serverTime = serverTime
    }
}

/// The small lists that a tablet chooses from, limited to one tenant.
package struct Catalogue: Codable, Equatable, Sendable {
    package var tenant: Tenant
    package var sites: [Site]
    package var products: [Product]
    /// The open jobs at the sites.
    package var jobs: [Job]
    /// What the devices connect to, of every product.
    package var services: [DeviceService]
    /// By which rules a device of the tenant is placed, as `PlacementView` writes them; absent where the registrar does not say.
    package var placement: JSONValue?

    package init(
        tenant: Tenant, sites: [Site], products: [Product], jobs: [Job] = [], services: [DeviceService] = [],
        placement: JSONValue? = nil
    ) {
        self.tenant = tenant
        self.sites = sites
        self.products = products
        self.jobs = jobs
        self.services = services
        self.placement = placement
    }

    /// A registrar that knows no jobs, or no services, leaves them out.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        tenant = try container.decode(Tenant.self, forKey: .tenant)
        sites = try container.decode([Site].self, forKey: .sites)
        products = try container.decode([Product].self, forKey: .products)
        jobs = try container.decodeIfPresent([Job].self, forKey: .jobs) ?? []
        services = try container.decodeIfPresent([DeviceService].self, forKey: .services) ?? []
        placement = try container.decodeIfPresent(JSONValue.self, forKey: .placement)
    }
}
