/// A work order: the site to work at, what is to be put there, and where.
///
/// A file need only say `jobID`, `tenant` and `site`; everything else has a meaning when it is left out.
package struct Job: Codable, Equatable, Sendable {
    /// Unique within its tenant.
    package var jobID: JobID
    package var tenant: TenantID
    package var site: SiteID
    package var name: String
    /// The day by which it is to be done.
    package var due: CivilDate?
    /// The product of devices whose label and list do not say theirs.
    package var product: ProductID?
    package var positionRule: PositionRule
    /// What is to be put there; empty for a job that takes any device (of its product, when it names one).
    package var expected: [ExpectedDevice]

    package init(
        jobID: JobID, tenant: TenantID, site: SiteID, name: String, due: CivilDate? = nil,
        product: ProductID? = nil, positionRule: PositionRule = .free, expected: [ExpectedDevice] = []
    ) {
        self.jobID = jobID
        self.tenant = tenant
        self.site = site
        self.name = name
        self.due = due
        self.product = product
        self.positionRule = positionRule
        self.expected = expected
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        jobID = try container.decode(JobID.self, forKey: .jobID)
        tenant = try container.decode(TenantID.self, forKey: .tenant)
        site = try container.decode(SiteID.self, forKey: .site)
        name = try container.decodeIfPresent(String.self, forKey: .name) ?? jobID.rawValue
        due = try container.decodeIfPresent(CivilDate.self, forKey: .due)
        product = try container.decodeIfPresent(ProductID.self, forKey: .product)
        positionRule = try container.decodeIfPresent(PositionRule.self, forKey: .positionRule) ?? .free
        expected = try container.decodeIfPresent([ExpectedDevice].self, forKey: .expected) ?? []
    }

    /// Every product that the job names.
    package var products: Set<ProductID> {
        Set([product].compactMap(\.self) + expected.compactMap(\.product))
    }
}

/// One device, or one place for a device, on the list of a job.
///
/// With fields it is a certain device; without, any device of its product. Field names are those of the label formats.
package struct ExpectedDevice: Codable, Equatable, Sendable {
    package var position: String?
    package var product: ProductID?
    /// What singles the device out: `serial`, `mac`, `devEUI` …
    package var fields: [String: String]
    package var note: String?

    package init(
        position: String? = nil, product: ProductID? = nil, fields: [String: String] = [:],
        note: String? = nil
    ) {
        self.position = position
        self.product = product
        self.fields = fields.filter { !$0.key.hasPrefix("secret.") }
        self.note = note
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            position: try container.decodeIfPresent(String.self, forKey: .position),
            product: try container.decodeIfPresent(ProductID.self, forKey: .product),
            fields: try container.decodeIfPresent([String: String].self, forKey: .fields) ?? [:],
            note: try container.decodeIfPresent(String.self, forKey: .note))
    }

    /// The device as far as the list knows it.
    package var identity: DeviceIdentity { DeviceIdentity(product: product, fields: fields) }

    /// How a person calls it: the serial, another identifier, or what may come here.
    package var displayName: String {
        identity.lane == nil ? "any \(product?.rawValue ?? "device")" : identity.displayName
    }
}
