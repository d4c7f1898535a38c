package import Model

/// A call as far as limits look at it.
package struct GovernedCall: Equatable, Sendable {
    package var plane: String
    package var name: String
    /// Whom it is made for, for limits that are counted by device.
    package var device: String?

    package init(plane: String, name: String, device: String? = nil) {
        self.plane = plane
        self.name = name
        self.device = device
    }

    package init(_ call: CloudCall, device: String? = nil) {
        self.init(plane: call.plane, name: call.name, device: device)
    }
}

/// Who waits for the answer.
package enum GovernedClass: String, Codable, CaseIterable, Sendable {
    /// A person, with a device in hand.
    case interactive
    /// Nobody: a manifest, a sweep, a migration.
    case bulk
}

/// Whether a call may be made.
package enum Admission: Equatable, Sendable {
    /// Now; it has been counted.
    case now
    /// Ask again then, not sooner: by what is known now, that is when the limit has room.
    case later(Timestamp, limit: String)
}

/// What an answer says of limits.
package enum LimitAnswer: Equatable, Sendable {
    /// Anything but a complaint about the rate.
    case passed
    /// Too many calls. `limit` where the answer says which; else all that cover the call count as hit.
    case throttled(retryAfterSeconds: Int?, limit: String? = nil)

    /// What a fault says of them; `nil` when there was none.
    package init(_ fault: TargetFault?) {
        self =
            if let fault, fault.isThrottling {
                .throttled(retryAfterSeconds: fault.retryAfterSeconds)
            } else { .passed }
    }
}
