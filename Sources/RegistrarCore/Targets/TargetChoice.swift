package import Model
package import TargetCore

/// Where a device is to be provisioned: what the operation wishes, else what placement says.
package enum TargetChoice: Equatable, Sendable {
    /// With the registrar's own authority, and nowhere else.
    case own
    case target(TargetSummary, reason: String)
    /// The operation names one that there is not.
    case unknown(TargetID)
    /// None that the policy allows takes devices now.
    case none(reason: String)
}

/// Work at a target that an operation brings with it.
package struct TargetOrder: Equatable, Sendable {
    package enum Timing: String, Codable, Sendable {
        /// The operation takes effect when the work is done.
        case awaited
        /// The operation takes effect now, the work follows as soon as it can.
        case following
        /// The work is done once the device has been proven where it belongs now.
        case onceProven
    }

    package var target: TargetID
    package var intent: TargetIntent
    package var device: TargetDevice
    /// Why it is this target.
    package var reason: String
    package var timing: Timing

    package init(
        target: TargetID, intent: TargetIntent, device: TargetDevice, reason: String, timing: Timing
    ) {
        self.target = target
        self.intent = intent
        self.device = device
        self.reason = reason
        self.timing = timing
    }
}
