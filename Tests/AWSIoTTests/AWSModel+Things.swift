import AWSIoT
import Model
import TargetCore

extension AWSModel {
    mutating func answerThings(_ call: CloudCall, _ body: [String: JSONValue]) -> CloudReply? {
        let name = call.path.count > 1 ? call.path[1] : ""
        switch call.name {
        case "CreateThing": return createThing(name, body)
        case "DescribeThing":
            guard let thing = things[name] else { return Self.refusal(404, "ResourceNotFoundException") }
            return fine(described(name, thing))
        case "UpdateThing": return updateThing(name, body)
        case "DeleteThing":
            guard !attachments.contains(where: { $0.thing == name }) else {
                return Self.refusal(400, "InvalidRequestException")
            }
            things[name] = nil
            for group in groups.keys { groups[group]?.remove(name) }
            return fine()
        case "AddThingToThingGroup", "RemoveThingFromThingGroup":
            guard let group = body["thingGroupName"]?.text, let thing = body["thingName"]?.text,
                groups[group] != nil, things[thing] != nil
            else { return Self.refusal(404, "ResourceNotFoundException") }
            if call.name.hasPrefix("Add") {
                groups[group]?.insert(thing)
            } else {
                groups[group]?.remove(thing)
            }
            return fine()
        case "AddThingToBillingGroup", "RemoveThingFromBillingGroup":
            guard let thing = body["thingName"]?.text, things[thing] != nil else {
                return Self.refusal(404, "ResourceNotFoundException")
            }
            things[thing]?.billing = call.name.hasPrefix("Add") ? body["billingGroupName"]?.text : nil
            return fine()
        case "ListThingGroupsForThing":
            let names = groups.filter { $0.value.contains(name) }.keys.sorted()
            return fine(["thingGroups": .list(names.map { .object(["groupName": .text($0)]) })])
        default: return nil
        }
    }

    private func described(_ name: String, _ thing: Thing) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "thingName": .text(name),
            "thingArn": .text("arn:aws:iot:eu-west-1:\(Self.account):thing/\(name)"),
            "attributes": .object(thing.attributes.mapValues { .text($0) }),
            "version": .number(Double(thing.version)),
        ]
        members["thingTypeName"] = thing.type.map { .text($0) }
        members["billingGroupName"] = thing.billing.map { .text($0) }
        return members
    }

    private mutating func createThing(_ name: String, _ body: [String: JSONValue]) -> CloudReply {
        let attributes = body["attributePayload"]?["attributes"]?.members.compactMapValues(\.text) ?? [:]
        let thing = Thing(
            type: body["thingTypeName"]?.text, attributes: attributes,
            billing: body["billingGroupName"]?.text)
        if let type = thing.type, !types.contains(type) {
            return Self.refusal(404, "ResourceNotFoundException")
        }
        if attributes.count > (thing.type == nil ? 3 : 50) {
            return Self.refusal(400, "InvalidRequestException")
        }
        if let old = things[name] {
            guard old.attributes == thing.attributes, old.type == thing.type else {
                return Self.refusal(
                    409, "ResourceAlreadyExistsException:http://x", extra: #","resourceId":"i""#)
            }
        } else {
            things[name] = thing
        }
        return fine(described(name, thing))
    }

    private mutating func updateThing(_ name: String, _ body: [String: JSONValue]) -> CloudReply {
        guard var thing = things[name] else { return Self.refusal(404, "ResourceNotFoundException") }
        if let expected = body["expectedVersion"]?.number, Int(expected) != thing.version {
            return Self.refusal(409, "VersionConflictException")
        }
        let attributes = body["attributePayload"]?["attributes"]?.members.compactMapValues(\.text) ?? [:]
        let merges = body["attributePayload"]?["merge"] == .boolean(true)
        thing.attributes = merges ? thing.attributes.merging(attributes) { _, new in new } : attributes
        thing.type = body["thingTypeName"]?.text ?? thing.type
        if body["removeThingType"] == .boolean(true) { thing.type = nil }
        thing.version += 1
        things[name] = thing
        return fine()
    }
}
