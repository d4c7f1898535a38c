package import Model

/// Something that a caller wants to do, as the rules of access see it.
package enum Permission: Equatable, Sendable {
    /// Send an operation about a device of the tenant at that place.
    case submit(TenantID, Place)
    /// Take trust back from the certificates of a device of the tenant at that place.
    case revoke(TenantID, Place)
    /// Look at a device of the tenant at that place, or at its history.
    case browse(TenantID, Place)
    /// Follow the delta feed of the tenant; what it shows is limited further by `browse`.
    case follow(TenantID)
    /// Add or close a job of the tenant at that place.
    case plan(TenantID, Place)
    /// Look at the audit entries of the tenant.
    case audit(TenantID)
    /// Anything that concerns the registrar as a whole.
    case administer

    /// Where the thing in question stands.
    package enum Place: Equatable, Sendable {
        /// The question is about the tenant and not about a place.
        case anywhere
        /// At that site; `nil` is a device that stands at none.
        case site(SiteID?)
    }
}

/// The one gate that every path passes: operations, lists, search, history, feed and administration.
///
/// - Returns: why the caller may not, or `nil` when the caller may. A tenant that the caller does not serve answers like
///   one that does not exist.
package func authorise(_ permission: Permission, of caller: Operator, at now: Timestamp) -> Problem? {
    if let end = caller.validUntil, now >= end {
        return Problem(.signedOut, detail: "The permission of this operator has ended.")
    }
    switch permission {
    case .administer:
        return caller.role == .admin ? nil : Problem(.notAuthorised)
    case .submit(let tenant, let place):
        return refusal(of: caller, roles: [.installer, .support, .admin], tenant: tenant, place: place)
    case .plan(let tenant, let place), .revoke(let tenant, let place):
        return refusal(of: caller, roles: [.support, .admin], tenant: tenant, place: place)
    case .browse(let tenant, let place):
        return refusal(of: caller, roles: [.support, .admin, .auditor], tenant: tenant, place: place)
    case .follow(let tenant):
        return refusal(
            of: caller, roles: [.installer, .support, .admin, .auditor], tenant: tenant, place: .anywhere)
    case .audit(let tenant):
        return refusal(of: caller, roles: [.admin, .auditor], tenant: tenant, place: .anywhere)
    }
}

private func refusal(
    of caller: Operator, roles: Set<Role>, tenant: TenantID, place: Permission.Place
) -> Problem? {
    guard caller.role == .admin || caller.tenants.contains(tenant) else { return Problem(.unknownTenant) }
    guard roles.contains(caller.role) else { return Problem(.notAuthorised) }
    switch place {
    case .anywhere: return nil
    case .site(let site):
        guard caller.role != .admin, !caller.sites.isEmpty else { return nil }
        guard let site else {
            return Problem(.notAuthorised, detail: "You may work only at named sites; this names none.")
        }
        return caller.sites.contains(site)
            ? nil : Problem(.notAuthorised, detail: "You may not do this at site \(site).")
    }
}
