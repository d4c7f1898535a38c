/// An owner of devices.
package struct Tenant: Codable, Equatable, Sendable {
    package var tenantID: TenantID
    package var name: String

    package init(tenantID: TenantID, name: String) {
        self.tenantID = tenantID
        self.name = name
    }
}

/// A place of a tenant.
package struct Site: Codable, Equatable, Sendable {
    package var siteID: SiteID
    package var tenant: TenantID
    package var name: String

    package init(siteID: SiteID, tenant: TenantID, name: String) {
        self.siteID = siteID
        self.tenant = tenant
        self.name = name
    }
}

/// What an operator may do.
package enum Role: String, Codable, CaseIterable, Sendable {
    /// Sends operations; does not browse devices.
    case installer
    /// Installer, and looks at devices and histories of the tenant.
    case support
    /// Everything, all tenants.
    case admin
    /// Looks at everything of the tenant, changes nothing.
    case auditor
}

/// Somebody who may talk to the registrar.
package struct Operator: Codable, Equatable, Sendable {
    package var operatorID: OperatorID
    package var name: String
    package var role: Role
    /// The tenants whose devices the operator works on. An admin needs none.
    package var tenants: [TenantID]
    /// The sites the operator is limited to; empty means every site of the tenants.
    package var sites: [SiteID]
    /// After this moment the operator's tokens are refused.
    package var validUntil: Timestamp?

    package init(
        operatorID: OperatorID, name: String, role: Role, tenants: [TenantID], sites: [SiteID] = [],
        validUntil: Timestamp? = nil
    ) {
        self.operatorID = operatorID
        self.name = name
        self.role = role
        self.tenants = tenants
        self.sites = sites
        self.validUntil = validUntil
    }
}
