package import TargetCore

/// A principal or group that a policy is put on.
private struct PolicyTarget: Encodable {
    var target: String
}

extension AWSCalls {
    package static func createPolicy(_ name: String, document: String) -> CloudCall {
        struct Body: Encodable { var policyDocument: String }
        return call("CreatePolicy", "POST", ["policies", name], body: Body(policyDocument: document))
    }

    package static func getPolicy(_ name: String) -> CloudCall {
        call("GetPolicy", "GET", ["policies", name])
    }

    package static func deletePolicy(_ name: String) -> CloudCall {
        call("DeletePolicy", "DELETE", ["policies", name])
    }

    package static func attachPolicy(_ name: String, to arn: String) -> CloudCall {
        call("AttachPolicy", "PUT", ["target-policies", name], body: PolicyTarget(target: arn))
    }

    /// A POST to the path of attaching.
    package static func detachPolicy(_ name: String, from arn: String) -> CloudCall {
        call("DetachPolicy", "POST", ["target-policies", name], body: PolicyTarget(target: arn))
    }

    package static func listAttachedPolicies(_ arn: String, marker: String? = nil) -> CloudCall {
        call(
            "ListAttachedPolicies", "POST", ["attached-policies", arn],
            query: [pageSize, field("marker", marker)])
    }
}
