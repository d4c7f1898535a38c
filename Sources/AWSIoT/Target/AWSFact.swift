import Model
import TargetCore

/// The names of what a work at AWS learns. Those that start with `read.` may be out of date.
enum AWSFact {
    /// Seconds of AWS's own clock when the work began; certificates made before are not of it.
    static let began = "began"
    static let endpoint = "endpoint"
    /// `made`, `found` or `absent`.
    static let thing = "thing"
    static let thingARN = "thing.arn"
    /// `absent`, before the thing is made.
    static let thingBefore = "read.thing"
    static let version = "read.version"
    /// The thing as it was, in JSON, when it has to be changed.
    static let thingWas = "thing.was"
    /// `done` once the thing has the content that it should have.
    static let thingSet = "thing.set"
    static let billingWas = "billing.was"
    /// ARNs of the principals that the thing had when the work began.
    static let principals = "principals"
    static let principalsNext = "principals.next"
    static let principalsPages = "principals.pages"
    static let principalsDone = "principals.done"
    static let groups = "groups"
    static let groupsNext = "groups.next"
    static let groupsDone = "groups.done"
    /// The id of the certificate that this work is about.
    static let certificate = "cert"
    static let certificateARN = "cert.arn"
    static let certificatePEM = "cert.pem"
    /// `made` or `found`.
    static let origin = "cert.origin"
    /// Whether the policy was on the certificate before: `yes` or `no`.
    static let policyBefore = "policy.before"
    /// Whether a found certificate is of no other thing: `yes`.
    static let alone = "cert.alone"
    /// Set once a call that makes certificates was in doubt, so that there may be orphans.
    static let doubt = "doubt"
    static let lookTodo = "look.todo"
    static let lookNext = "look.next"
    static let lookPages = "look.pages"
    static let lookDone = "look.done"
    static let lookFound = "look.found"
    static let swept = "sweep.looked"
    static let orphans = "orphans"
    /// What verifySeen has learned: milliseconds since 1970, or `never`.
    static let seenAt = "seen.at"

    /// The status of a certificate when it was first read; `absent` when it is not there.
    static func status(_ id: String) -> String { "seen.\(id)" }
    /// Whether other things have the certificate too: `yes` or `no`.
    static func shared(_ id: String) -> String { "shared.\(id)" }

    static let made = "made"
    static let found = "found"
    static let absent = "absent"
    static let done = "done"
}

extension TargetWork {
    /// A fact that is not empty.
    subscript(fact: String) -> String? {
        facts[fact].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A fact that is a list.
    func list(_ fact: String) -> [String] {
        self[fact]?.split(separator: ",").map(String.init) ?? []
    }

    /// A mark of the device that is a list.
    func marked(_ mark: String) -> [String] {
        device.marks[mark]?.split(separator: ",").map(String.init) ?? []
    }

    /// Under which a call that succeeded is kept: forward and back are kept apart.
    func key(of call: CloudCall) -> String { (fault == nil ? "done." : "undone.") + call.identity }

    func isDone(_ call: CloudCall) -> Bool {
        facts[key(of: call)] != nil || fault != nil && facts[Self.leftPrefix + call.identity] != nil
    }

    /// Ids of the certificates among the thing's principals.
    var certificates: [String] { list(AWSFact.principals).compactMap { AWSName($0)?.certificateID } }

    /// Whether the thing is known to be this device's.
    var hasThing: Bool { self[AWSFact.thing] == AWSFact.made || self[AWSFact.thing] == AWSFact.found }
}

/// The marks that a device keeps of AWS.
package enum AWSMark {
    /// ARN of the thing.
    package static let thing = "thing"
    /// Id of the certificate that the device uses.
    package static let certificate = "certificate"
    /// Ids of certificates that a rotation leaves behind until it is finished.
    package static let previous = "previous"
    /// Ids of certificates that were active when the device was disabled.
    package static let disabled = "disabled"
}
