package import Model

/// One thing that a target holds, as a list of it says.
package struct TargetHolding: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// A device's own entry at a provisioning service.
        case enrollment
        /// An entry by which many devices are let in.
        case group
        /// The record of a device's registrations.
        case registration
        /// A device of a hub, or a thing.
        case device
    }

    package var kind: Kind
    /// In the one case that records have it in, where the target does not look at case.
    package var name: String
    /// Whose it is by the mark that the registrar leaves; absent when there is none.
    package var device: DeviceID?
    package var tenant: TenantID?
    package var standing: DeviceTarget.Standing?
    /// The hub that a registration has led to.
    package var place: String?

    package init(
        _ kind: Kind, _ name: String, device: DeviceID? = nil, tenant: TenantID? = nil,
        standing: DeviceTarget.Standing? = nil, place: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.device = device
        self.tenant = tenant
        self.standing = standing
        self.place = place
    }
}
