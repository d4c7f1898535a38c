package import Model

/// The devices that a search found, best first, at most 50: `GET /v1/devices`.
package struct DeviceList: Codable, Equatable, Sendable {
    package var devices: [DeviceRecord]
    /// Whether there were more than fit.
    package var more: Bool

    package init(devices: [DeviceRecord], more: Bool) {
        self.devices = devices
        self.more = more
    }
}

/// What happened to a device, oldest first: `GET /v1/devices/{deviceID}/history`.
package struct DeviceHistory: Codable, Equatable, Sendable {
    package var device: DeviceRecord
    package var events: [HistoryEvent]

    package init(device: DeviceRecord, events: [HistoryEvent]) {
        self.device = device
        self.events = events
    }
}

/// One applied operation in the life of a device.
package struct HistoryEvent: Codable, Equatable, Sendable {
    package var at: Timestamp
    package var operationID: OperationID
    package var kind: String
    package var outcome: Receipt.Outcome
    package var tenant: TenantID
    package var operatorID: OperatorID
    package var summary: String
    package var deviceVersion: Int
    package var receipt: String

    package init(
        at: Timestamp, operationID: OperationID, kind: String, outcome: Receipt.Outcome, tenant: TenantID,
        operatorID: OperatorID, summary: String, deviceVersion: Int, receipt: String
    ) {
        self.at = at
        self.operationID = operationID
        self.kind = kind
        self.outcome = outcome
        self.tenant = tenant
        self.operatorID = operatorID
        self.summary = summary
        self.deviceVersion = deviceVersion
        self.receipt = receipt
    }
}

/// A device to be put on the delivery list: one item of `POST /v1/deliveries`.
package struct Delivery: Codable, Equatable, Sendable {
    package var identity: DeviceIdentity
    /// The only tenant that may claim the device; absent when any may.
    package var tenant: TenantID?
    /// What a claim must bring; kept by the registrar as a salted hash only.
    package var claimCode: String?

    package init(identity: DeviceIdentity, tenant: TenantID? = nil, claimCode: String? = nil) {
        self.identity = identity
        self.tenant = tenant
        self.claimCode = claimCode
    }
}

/// A list of administered things, as GET answers it and POST takes it.
package struct Items<Item: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    package var items: [Item]

    package init(items: [Item]) {
        self.items = items
    }
}

/// A change of one thing, by whoever has seen it as it was: what was changed meanwhile is not written over unseen.
package struct Replacement<Item: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
    package var from: Item
    package var to: Item

    package init(from: Item, to: Item) {
        self.from = from
        self.to = to
    }
}

/// A new operator with the token that is shown this once: the answer to adding an operator.
package struct IssuedOperator: Codable, Equatable, Sendable {
    package var `operator`: Operator
    package var token: String

    package init(operator: Operator, token: String) {
        self.operator = `operator`
        self.token = token
    }
}

/// A page of the registrar's audit chain: `GET /v1/audit`.
package struct AuditPage: Codable, Equatable, Sendable {
    package var entries: [AuditEntry]
    package var more: Bool

    package init(entries: [AuditEntry], more: Bool) {
        self.entries = entries
        self.more = more
    }
}
