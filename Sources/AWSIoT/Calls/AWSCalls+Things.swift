package import TargetCore

/// The attributes of a thing, as a body says them.
struct AttributePayload: Encodable {
    var attributes: [String: String]
    var merge: Bool?
}

extension AWSCalls {
    /// The same name with the same content again is no fault.
    package static func createThing(
        _ name: String, type: String?, attributes: [String: String], billingGroup: String? = nil
    ) -> CloudCall {
        struct Body: Encodable {
            var thingTypeName: String?
            var attributePayload: AttributePayload
            var billingGroupName: String?
        }
        return call(
            "CreateThing", "POST", ["things", name],
            body: Body(
                thingTypeName: type, attributePayload: AttributePayload(attributes: attributes),
                billingGroupName: billingGroup))
    }

    package static func describeThing(_ name: String) -> CloudCall {
        call("DescribeThing", "GET", ["things", name])
    }

    /// Without `merge` the attributes replace all others. The version guards against what others changed meanwhile.
    package static func updateThing(
        _ name: String, type: String?, attributes: [String: String], merge: Bool,
        expectedVersion: Int? = nil, removeType: Bool = false
    ) -> CloudCall {
        struct Body: Encodable {
            var thingTypeName: String?
            var attributePayload: AttributePayload
            var expectedVersion: Int?
            var removeThingType: Bool?
        }
        return call(
            "UpdateThing", "PATCH", ["things", name],
            body: Body(
                thingTypeName: type,
                attributePayload: AttributePayload(attributes: attributes, merge: merge),
                expectedVersion: expectedVersion, removeThingType: removeType ? true : nil))
    }

    /// A thing that is not there counts as deleted.
    package static func deleteThing(_ name: String) -> CloudCall {
        call("DeleteThing", "DELETE", ["things", name])
    }

    package static func listThings(
        attribute: (name: String, value: String)? = nil, nextToken: String? = nil
    ) -> CloudCall {
        call(
            "ListThings", "GET", ["things"],
            query: [
                maxResults, field("attributeName", attribute?.name),
                field("attributeValue", attribute?.value),
                field("nextToken", nextToken),
            ])
    }

    /// Exclusively, the principal may be of no other thing.
    package static func attachThingPrincipal(
        _ thing: String, principal arn: String, exclusively: Bool
    ) -> CloudCall {
        call(
            "AttachThingPrincipal", "PUT", ["things", thing, "principals"],
            query: [exclusively ? .init("thingPrincipalType", "EXCLUSIVE_THING") : nil],
            headers: principal(arn))
    }

    /// Takes effect within seconds, not at once.
    package static func detachThingPrincipal(_ thing: String, principal arn: String) -> CloudCall {
        call(
            "DetachThingPrincipal", "DELETE", ["things", thing, "principals"], headers: principal(arn))
    }

    package static func listThingPrincipals(_ thing: String, nextToken: String? = nil) -> CloudCall {
        call(
            "ListThingPrincipals", "GET", ["things", thing, "principals"],
            query: [maxResults, field("nextToken", nextToken)])
    }

    package static func listPrincipalThings(_ arn: String, nextToken: String? = nil) -> CloudCall {
        call(
            "ListPrincipalThings", "GET", ["principals", "things"],
            query: [maxResults, field("nextToken", nextToken)], headers: principal(arn))
    }

    package static func getThingConnectivityData(_ thing: String) -> CloudCall {
        call("GetThingConnectivityData", "POST", ["things", thing, "connectivity-data"])
    }
}
