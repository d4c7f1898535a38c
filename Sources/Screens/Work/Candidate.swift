package import Intake
package import Model

/// One device as it is about to be saved.
package struct Candidate: Equatable, Sendable {
    package var device: CapturedDevice
    package var tenant: TenantID
    package var site: SiteID?
    package var position: String?
    package var job: JobID?

    package init(
        device: CapturedDevice, tenant: TenantID, site: SiteID? = nil, position: String? = nil,
        job: JobID? = nil
    ) {
        self.device = device
        self.tenant = tenant
        self.site = site
        self.position = position
        self.job = job
    }

    package var name: String { device.identity.displayName }
}

/// What looking at the store before saving brought to light.
package struct CheckFacts: Equatable, Sendable {
    /// Whose operations the device's share; `nil` when the label names no single device.
    package var lane: DeviceIdentifier?
    package var findings: [CommissioningFinding]

    package init(lane: DeviceIdentifier?, findings: [CommissioningFinding]) {
        self.lane = lane
        self.findings = findings
    }
}

/// What a commit put on the disk.
package struct SavedFacts: Equatable, Sendable {
    package var lane: DeviceIdentifier
    package var name: String
    /// Empty when everything of the device was saved before.
    package var operations: [OperationID]
    package var findings: [CommissioningFinding]

    package init(
        lane: DeviceIdentifier, name: String, operations: [OperationID],
        findings: [CommissioningFinding] = []
    ) {
        self.lane = lane
        self.name = name
        self.operations = operations
        self.findings = findings
    }
}
