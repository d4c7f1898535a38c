import Model
import TargetCore

/// What answers about the thing, its principals and its groups teach.
extension AWSReading {
    /// Pages of one list; more than that many devices do not have.
    private static let limitPages = 20

    private var wanted: [String: String] {
        AWSAttributes.of(work.device, templates: settings.attributes)
    }

    var thing: TargetReading {
        guard let thing = AWSReplies.read(AWSReplies.Thing.self, reply), thing.thingName != nil else {
            return unreadable
        }
        let attributes = thing.attributes ?? [:]
        let isOurs =
            attributes[AWSAttributes.device] == work.device.deviceID.rawValue
            && attributes[AWSAttributes.tenant] == work.device.tenant.rawValue
        if work.fault != nil {
            return .learned([AWSFact.thing: isOurs ? AWSFact.made : AWSFact.absent])
        }
        guard isOurs else { return own(.thingOfAnother) }
        var facts = [AWSFact.thing: AWSFact.found]
        facts[AWSFact.thingARN] = thing.thingArn
        facts[AWSFact.version] = thing.version.map { String($0) }
        guard work.intent == .provision else { return .learned(facts) }
        if work[AWSFact.thing] == nil { facts[AWSFact.billingWas] = thing.billingGroupName ?? "" }
        if hasContent(thing) {
            facts[AWSFact.thingSet] = AWSFact.done
        } else if work[AWSFact.thingWas] == nil {
            guard let json = try? CanonicalJSON.text(thing) else { return unreadable }
            facts[AWSFact.thingWas] = json
        }
        return .learned(facts)
    }

    private func hasContent(_ thing: AWSReplies.Thing) -> Bool {
        (settings.thingType == nil || thing.thingTypeName == settings.thingType)
            && wanted.allSatisfy { thing.attributes?[$0.key] == $0.value }
    }

    var madeThing: TargetReading {
        guard let thing = AWSReplies.read(AWSReplies.Thing.self, reply), thing.thingName != nil else {
            return unreadable
        }
        var facts = [AWSFact.thing: AWSFact.made]
        facts[AWSFact.thingARN] = thing.thingArn
        return .learned(facts)
    }

    var principals: TargetReading {
        guard let page = AWSReplies.read(AWSReplies.Principals.self, reply) else { return unreadable }
        let pages = (work[AWSFact.principalsPages].flatMap { Int($0) } ?? 0) + 1
        let known = work.list(AWSFact.principals)
        let new = (page.principals ?? []).filter { !$0.contains(",") && !known.contains($0) }
        var facts = [
            AWSFact.principals: (known + new).joined(separator: ","),
            AWSFact.principalsPages: String(pages), AWSFact.principalsNext: page.nextToken ?? "",
        ]
        if page.nextToken == nil || pages >= Self.limitPages { facts[AWSFact.principalsDone] = AWSFact.done }
        return .learned(facts)
    }

    /// Which things have a certificate: before it is attached, or before it is taken away.
    var things: TargetReading {
        guard let things = AWSReplies.read(AWSReplies.Things.self, reply)?.things else { return unreadable }
        let isShared = things.contains { $0 != work.device.name }
        if work.intent == .provision || work.intent == .rotate {
            return isShared ? own(.certificateOfAnother) : .learned([AWSFact.alone: "yes"])
        }
        let arn = call.headers.first { $0.name == "x-amzn-principal" }?.value ?? ""
        return .learned([AWSFact.shared(AWSName(arn)?.name ?? ""): isShared ? "yes" : "no"])
    }

    var policies: TargetReading {
        guard let policies = AWSReplies.read(AWSReplies.Policies.self, reply)?.policies else {
            return unreadable
        }
        let isAttached = policies.contains { $0.policyName == settings.policy }
        return .learned([AWSFact.policyBefore: isAttached ? "yes" : "no"])
    }

    /// A thing is in ten groups at most, so that one page is all; only those of the settings are kept.
    var groups: TargetReading {
        guard let page = AWSReplies.read(AWSReplies.Groups.self, reply), let groups = page.thingGroups else {
            return unreadable
        }
        let known = work.list(AWSFact.groups)
        let new = groups.compactMap(\.groupName).filter {
            settings.groups.contains($0) && !known.contains($0)
        }
        var facts = [
            AWSFact.groups: (known + new).joined(separator: ","), AWSFact.groupsNext: page.nextToken ?? "",
        ]
        if page.nextToken == nil || page.nextToken == work[AWSFact.groupsNext] {
            facts[AWSFact.groupsDone] = AWSFact.done
        }
        return .learned(facts)
    }
}
