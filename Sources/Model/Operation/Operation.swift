/// An immutable intent about one device: made once, frozen at `queued`, never edited.
///
/// Its canonical JSON bytes are what is hashed, stored, sent and answered. A correction is a new operation that
/// `supersedes` this one.
package struct Operation: Codable, Equatable, Sendable {
    package static let currentVersion = 1

    package var version: Int
    package var operationID: OperationID
    package var body: OperationBody
    package var tenant: TenantID
    package var site: SiteID?
    package var job: JobID?
    /// The device, by the identifier under which this store queues its operations.
    package var lane: DeviceIdentifier
    /// 1 for the first operation of the lane in this store and epoch, then one more each time.
    package var laneSequence: Int
    package var predecessor: Predecessor?
    /// The device version that the operator saw; `nil` when none was known.
    package var baseVersion: Int?
    package var operatorID: OperatorID
    package var store: StoreReference
    package var capturedAt: CaptureTime
    /// One line for people, free of secrets: "Claim NL-000123 for acme".
    package var summary: String
    package var supersedes: OperationID?

    package init(
        operationID: OperationID, body: OperationBody, tenant: TenantID, site: SiteID? = nil,
        job: JobID? = nil, lane: DeviceIdentifier, laneSequence: Int, predecessor: Predecessor? = nil,
        baseVersion: Int? = nil, operatorID: OperatorID, store: StoreReference, capturedAt: CaptureTime,
        summary: String, supersedes: OperationID? = nil
    ) {
        self.version = Self.currentVersion
        self.operationID = operationID
        self.body = body
        self.tenant = tenant
        self.site = site
        self.job = job
        self.lane = lane
        self.laneSequence = laneSequence
        self.predecessor = predecessor
        self.baseVersion = baseVersion
        self.operatorID = operatorID
        self.store = store
        self.capturedAt = capturedAt
        self.summary = summary
        self.supersedes = supersedes
    }

    /// The operation just before this one in its lane, bound by hash so that none can be slipped in or left out.
    package struct Predecessor: Codable, Equatable, Sendable {
        package var operationID: OperationID
        package var payloadHash: PayloadHash

        package init(operationID: OperationID, payloadHash: PayloadHash) {
            self.operationID = operationID
            self.payloadHash = payloadHash
        }
    }
}

/// Which store accepted an operation. The epoch grows when a store is restored from a copy, so that a clone shows.
package struct StoreReference: Codable, Hashable, Sendable {
    package var storeID: StoreID
    package var epoch: Int

    package init(storeID: StoreID, epoch: Int) {
        self.storeID = storeID
        self.epoch = epoch
    }
}

/// When an operation was captured, by every clock there was, so that the desk can rebuild the true time.
package struct CaptureTime: Codable, Equatable, Sendable {
    package var wall: Timestamp
    /// The kernel's boot id; `monotonicMilliseconds` counts from that boot.
    package var bootID: String
    package var monotonicMilliseconds: Int64
    /// Registrar time minus tablet time as last measured in this boot, and the error of that measurement.
    package var offsetMilliseconds: Int64?
    package var offsetErrorMilliseconds: Int64?

    package init(
        wall: Timestamp, bootID: String, monotonicMilliseconds: Int64, offsetMilliseconds: Int64? = nil,
        offsetErrorMilliseconds: Int64? = nil
    ) {
        self.wall = wall
        self.bootID = bootID
        self.monotonicMilliseconds = monotonicMilliseconds
        self.offsetMilliseconds = offsetMilliseconds
        self.offsetErrorMilliseconds = offsetErrorMilliseconds
    }
}
