package import Model

/// What an operator wants done to one device, before the store has made an operation of it.
package struct Intent: Equatable, Sendable {
    package var body: OperationBody
    package var tenant: TenantID
    package var site: SiteID?
    package var job: JobID?
    /// The device; see `Store.lane(for:)`.
    package var lane: DeviceIdentifier
    /// What the label said, when there was one; its identifiers find the device from now on.
    package var identity: DeviceIdentity?
    package var baseVersion: Int?
    package var operatorID: OperatorID
    package var capturedAt: CaptureTime
    /// One line for people, free of secrets.
    package var summary: String
    /// The operation that this one corrects; it is closed in the same transaction.
    package var supersedes: OperationID?
    /// Where it is to be sent; `nil` means the registrar of the active session.
    package var registrar: RegistrarID?

    package init(
        body: OperationBody, tenant: TenantID, site: SiteID? = nil, job: JobID? = nil,
        lane: DeviceIdentifier, identity: DeviceIdentity? = nil, baseVersion: Int? = nil,
        operatorID: OperatorID, capturedAt: CaptureTime, summary: String, supersedes: OperationID? = nil,
        registrar: RegistrarID? = nil
    ) {
        self.body = body
        self.tenant = tenant
        self.site = site
        self.job = job
        self.lane = lane
        self.identity = identity
        self.baseVersion = baseVersion
        self.operatorID = operatorID
        self.capturedAt = capturedAt
        self.summary = summary
        self.supersedes = supersedes
        self.registrar = registrar
    }

    /// The operation that this intent becomes.
    func operation(
        _ id: OperationID, sequence: Int, predecessor: Operation.Predecessor?, store: StoreReference
    ) -> Operation {
        Operation(
            operationID: id, body: body, tenant: tenant, site: site, job: job, lane: lane,
            laneSequence: sequence, predecessor: predecessor, baseVersion: baseVersion,
            operatorID: operatorID, store: store, capturedAt: capturedAt, summary: summary,
            supersedes: supersedes)
    }

    /// Whether `operation` says the same, whatever place in its lane it was given.
    func matches(_ operation: Operation) -> Bool {
        operation.body == body && operation.tenant == tenant && operation.site == site
            && operation.lane == lane && operation.operatorID == operatorID && operation.job == job
            && operation.supersedes == supersedes
    }
}
