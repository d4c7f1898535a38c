import Model
package import TargetCore

/// Having a provisioning template in an account as it is wished: made, given another version, or left as it is.
///
/// The template is read first, and again after an answer was lost, so that no version is made twice. Source: AWS IoT API
/// Reference, "CreateProvisioningTemplateVersion".
package struct TemplatePublication: AWSExchange {
    package enum Outcome: String, Codable, Sendable {
        case made, changed, unchanged
    }

    package let name: String
    package let body: String
    package let role: String
    package let type: AWSCalls.TemplateType
    package let hook: AWSProvisioningHook?
    package let isEnabled: Bool
    /// What was read of it.
    private var known: Known?
    /// Versions that may be deleted for a new one, the oldest first; `nil` until they are listed.
    private var spare: [Int]?
    private var versions = 0
    private var outcome = Outcome.unchanged
    private var isDone = false
    package private(set) var fault: TargetFault?

    /// The most versions of one template. Source: AWS General Reference, "AWS IoT Core endpoints and quotas".
    private static let limitVersions = 5

    private struct Known: Codable, Equatable, Sendable {
        /// `nil` for a template that is not there.
        var body: String?
        var type: String?
        var role: String?
        var hook: AWSProvisioningHook?
        var isEnabled = false
    }

    package init(
        _ name: String, body: String, role: String, type: AWSCalls.TemplateType = .fleet,
        hook: AWSProvisioningHook? = nil, isEnabled: Bool = true
    ) {
        self.name = name
        self.body = body
        self.role = role
        self.type = type
        self.hook = hook
        self.isEnabled = isEnabled
    }

    /// What came of it, once it is done.
    package var result: Outcome? { isDone ? outcome : nil }

    package var move: AWSMove {
        if let fault { return .refused(fault) }
        if isDone { return .done }
        guard let known else { return .call(AWSCalls.describeProvisioningTemplate(name), .source) }
        guard let there = known.body else {
            return .call(
                AWSCalls.createProvisioningTemplate(
                    name, body: body, role: role, type: type, hook: hook, isEnabled: isEnabled), .source)
        }
        if !Self.isSame(there, body) { return .call(versionCall, .source) }
        return .call(
            AWSCalls.updateProvisioningTemplate(name, role: role, hook: hook, isEnabled: isEnabled), .source)
    }

    private var versionCall: CloudCall {
        guard let spare else { return AWSCalls.listProvisioningTemplateVersions(name) }
        if versions >= Self.limitVersions, let oldest = spare.first {
            return AWSCalls.deleteProvisioningTemplateVersion(name, oldest)
        }
        return AWSCalls.createProvisioningTemplateVersion(name, body: body, setAsDefault: true)
    }

    /// Whether two bodies say the same, however they are laid out.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        guard let one = JSONValue(one), let other = JSONValue(other) else { return one == other }
        return one == other
    }

    package mutating func loseAnswer(of call: CloudCall) { (known, spare) = (nil, nil) }

    @discardableResult
    package mutating func take(_ reply: CloudReply, of call: CloudCall) -> TargetFault? {
        guard (200..<300).contains(reply.status) else { return refuse(AWSError(reply), call) }
        switch call.name {
        case "DescribeProvisioningTemplate": return described(reply, call)
        case "ListProvisioningTemplateVersions": return listed(reply, call)
        case "DeleteProvisioningTemplateVersion":
            versions -= 1
            spare?.removeFirst()
        case "CreateProvisioningTemplateVersion":
            outcome = .changed
            known?.body = body
            endIfSame()
        case "CreateProvisioningTemplate": (outcome, isDone) = (.made, true)
        default: (outcome, isDone) = (.changed, true)
        }
        return nil
    }

    private mutating func described(_ reply: CloudReply, _ call: CloudCall) -> TargetFault? {
        guard let template = AWSReplies.read(AWSReplies.Template.self, reply),
            let body = template.templateBody
        else { return AWSFaults.unreadable(reply, of: call.name) }
        if let theirs = template.type, theirs != type.rawValue {
            fault = FleetFault.otherType(name, theirs).fault
            return fault
        }
        known = Known(
            body: body, type: template.type, role: template.provisioningRoleArn,
            hook: template.preProvisioningHook, isEnabled: template.enabled ?? false)
        endIfSame()
        return nil
    }

    private mutating func endIfSame() {
        guard let known, let there = known.body else { return }
        isDone =
            Self.isSame(there, body) && known.role == role && known.hook == hook
            && known.isEnabled == isEnabled
    }

    private mutating func listed(_ reply: CloudReply, _ call: CloudCall) -> TargetFault? {
        guard let all = AWSReplies.read(AWSReplies.TemplateVersions.self, reply)?.versions else {
            return AWSFaults.unreadable(reply, of: call.name)
        }
        versions = all.count
        spare = all.filter { $0.isDefaultVersion != true }.compactMap(\.versionId).sorted()
        return nil
    }

    private mutating func refuse(_ error: AWSError, _ call: CloudCall) -> TargetFault? {
        switch (call.name, error.type) {
        case ("DescribeProvisioningTemplate", "ResourceNotFoundException"):
            known = Known()
            return nil
        // Somebody else was faster, or an answer was lost.
        case ("CreateProvisioningTemplate", "ResourceAlreadyExistsException"):
            known = nil
            return nil
        case ("DeleteProvisioningTemplateVersion", "ResourceNotFoundException"):
            spare = nil
            return nil
        default: break
        }
        let fault = AWSFaults.fault(error, of: call.name)
        if fault.retry == .never { self.fault = fault }
        return fault
    }
}
