package import Model

/// Which device is asked about: `GET /v1/placement?tenant=&serial=&site=&product=`.
package struct PlacementQuery: Equatable, Sendable {
    package var tenant: TenantID
    package var serial: String
    package var site: SiteID?
    package var product: ProductID?

    package init(tenant: TenantID, serial: String, site: SiteID? = nil, product: ProductID? = nil) {
        self.tenant = tenant
        self.serial = serial
        self.site = site
        self.product = product
    }

    /// Bytes of a serial; labels have far less.
    package static let limitSerialBytes = 256

    var items: [QueryItem] {
        [QueryItem("tenant", tenant.rawValue), QueryItem("serial", serial)]
            + (site.map { [QueryItem("site", $0.rawValue)] } ?? [])
            + (product.map { [QueryItem("product", $0.rawValue)] } ?? [])
    }
}
