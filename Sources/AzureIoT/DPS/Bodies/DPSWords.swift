/// Whether an entry lets its devices in.
package struct ProvisioningStatus: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let enabled: ProvisioningStatus = "enabled"
    package static let disabled: ProvisioningStatus = "disabled"
}

/// How a hub is chosen.
package struct AllocationPolicy: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let hashed: AllocationPolicy = "hashed"
    package static let geoLatency: AllocationPolicy = "geoLatency"
    package static let `static`: AllocationPolicy = "static"
    package static let custom: AllocationPolicy = "custom"
}

/// How devices of an entry prove themselves.
package struct AttestationType: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let none: AttestationType = "none"
    package static let tpm: AttestationType = "tpm"
    package static let x509: AttestationType = "x509"
    package static let symmetricKey: AttestationType = "symmetricKey"
}

/// What became of a registration.
package struct RegistrationStatus: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let unassigned: RegistrationStatus = "unassigned"
    package static let assigning: RegistrationStatus = "assigning"
    package static let assigned: RegistrationStatus = "assigned"
    package static let failed: RegistrationStatus = "failed"
    package static let disabled: RegistrationStatus = "disabled"
}

/// How an assigned device came to its hub.
package struct AssignedSubstatus: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let initialAssignment: AssignedSubstatus = "initialAssignment"
    package static let deviceDataMigrated: AssignedSubstatus = "deviceDataMigrated"
    package static let deviceDataReset: AssignedSubstatus = "deviceDataReset"
    package static let reprovisionedToInitialAssignment: AssignedSubstatus =
        "reprovisionedToInitialAssignment"
}

/// What a call for many entries does with them.
package struct BulkMode: OpenWord {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let create: BulkMode = "create"
    package static let update: BulkMode = "update"
    package static let updateIfMatchETag: BulkMode = "updateIfMatchETag"
    package static let delete: BulkMode = "delete"
}
