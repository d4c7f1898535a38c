package import TargetCore

/// Looking after provisioning templates that are there.
extension AWSCalls {
    package static func listProvisioningTemplates(nextToken: String? = nil) -> CloudCall {
        call(
            "ListProvisioningTemplates", "GET", ["provisioning-templates"],
            query: [maxResults, field("nextToken", nextToken)])
    }

    package static func listProvisioningTemplateVersions(
        _ name: String, nextToken: String? = nil
    ) -> CloudCall {
        call(
            "ListProvisioningTemplateVersions", "GET", ["provisioning-templates", name, "versions"],
            query: [maxResults, field("nextToken", nextToken)])
    }

    package static func deleteProvisioningTemplateVersion(_ name: String, _ version: Int) -> CloudCall {
        call(
            "DeleteProvisioningTemplateVersion", "DELETE",
            ["provisioning-templates", name, "versions", String(version)])
    }

    /// Everything of a template but its body. Without a hook, one that was there is taken away.
    package static func updateProvisioningTemplate(
        _ name: String, role: String, hook: AWSProvisioningHook?, isEnabled: Bool
    ) -> CloudCall {
        struct Body: Encodable {
            var enabled: Bool
            var provisioningRoleArn: String
            var preProvisioningHook: AWSProvisioningHook?
            var removePreProvisioningHook: Bool?
        }
        return call(
            "UpdateProvisioningTemplate", "PATCH", ["provisioning-templates", name],
            body: Body(
                enabled: isEnabled, provisioningRoleArn: role, preProvisioningHook: hook,
                removePreProvisioningHook: hook == nil ? true : nil))
    }

    /// Puts an object into a bucket; once more, the same replaces the same. The bucket stands in the path, which every name
    /// of a bucket may. Source: Amazon S3 API Reference, "PutObject".
    package static func putObject(_ bytes: [UInt8], bucket: String, key: String) -> CloudCall {
        CloudCall(
            "PutObject", plane: AWSPlane.s3.rawValue, method: "PUT",
            path: [bucket] + key.split(separator: "/", omittingEmptySubsequences: false).map(String.init),
            headers: [.init("Content-Type", "application/json")], body: bytes)
    }
}
