package import TargetCore

/// A thing and a group of things, as a body says them.
private struct Membership: Encodable {
    var thingName: String
    var thingGroupName: String?
    var billingGroupName: String?
}

extension AWSCalls {
    package static func createThingType(
        _ name: String, description: String? = nil, searchable: [String] = []
    ) -> CloudCall {
        struct Properties: Encodable {
            var thingTypeDescription: String?
            var searchableAttributes: [String]?
        }
        struct Body: Encodable { var thingTypeProperties: Properties }
        return call(
            "CreateThingType", "POST", ["thing-types", name],
            body: Body(
                thingTypeProperties: Properties(
                    thingTypeDescription: description,
                    searchableAttributes: searchable.isEmpty ? nil : searchable)))
    }

    package static func describeThingType(_ name: String) -> CloudCall {
        call("DescribeThingType", "GET", ["thing-types", name])
    }

    package static func createThingGroup(
        _ name: String, parent: String? = nil, description: String? = nil
    ) -> CloudCall {
        struct Properties: Encodable { var thingGroupDescription: String }
        struct Body: Encodable {
            var parentGroupName: String?
            var thingGroupProperties: Properties?
        }
        return call(
            "CreateThingGroup", "POST", ["thing-groups", name],
            body: Body(
                parentGroupName: parent,
                thingGroupProperties: description.map { Properties(thingGroupDescription: $0) }))
    }

    package static func describeThingGroup(_ name: String) -> CloudCall {
        call("DescribeThingGroup", "GET", ["thing-groups", name])
    }

    package static func deleteThingGroup(_ name: String) -> CloudCall {
        call("DeleteThingGroup", "DELETE", ["thing-groups", name])
    }

    package static func addThing(_ thing: String, toGroup group: String) -> CloudCall {
        call(
            "AddThingToThingGroup", "PUT", ["thing-groups", "addThingToThingGroup"],
            body: Membership(thingName: thing, thingGroupName: group))
    }

    package static func removeThing(_ thing: String, fromGroup group: String) -> CloudCall {
        call(
            "RemoveThingFromThingGroup", "PUT", ["thing-groups", "removeThingFromThingGroup"],
            body: Membership(thingName: thing, thingGroupName: group))
    }

    package static func listThingGroups(ofThing thing: String, nextToken: String? = nil) -> CloudCall {
        call(
            "ListThingGroupsForThing", "GET", ["things", thing, "thing-groups"],
            query: [maxResults, field("nextToken", nextToken)])
    }

    package static func listThings(inGroup group: String, nextToken: String? = nil) -> CloudCall {
        call(
            "ListThingsInThingGroup", "GET", ["thing-groups", group, "things"],
            query: [maxResults, field("nextToken", nextToken)])
    }

    package static func createBillingGroup(_ name: String) -> CloudCall {
        struct Body: Encodable {}
        return call("CreateBillingGroup", "POST", ["billing-groups", name], body: Body())
    }

    package static func addThing(_ thing: String, toBillingGroup group: String) -> CloudCall {
        call(
            "AddThingToBillingGroup", "PUT", ["billing-groups", "addThingToBillingGroup"],
            body: Membership(thingName: thing, billingGroupName: group))
    }

    package static func removeThing(_ thing: String, fromBillingGroup group: String) -> CloudCall {
        call(
            "RemoveThingFromBillingGroup", "PUT", ["billing-groups", "removeThingFromBillingGroup"],
            body: Membership(thingName: thing, billingGroupName: group))
    }
}
