package import TargetCore

/// A function that is asked before a device is provisioned.
package struct AWSProvisioningHook: Codable, Equatable, Sendable {
    package var payloadVersion: String
    package var targetArn: String

    package init(targetArn: String, payloadVersion: String = "2020-04-01") {
        self.payloadVersion = payloadVersion
        self.targetArn = targetArn
    }
}

extension AWSCalls {
    package enum TemplateType: String, Codable, Sendable {
        case fleet = "FLEET_PROVISIONING"
        case justInTime = "JITP"
    }

    package static func createProvisioningTemplate(
        _ name: String, body: String, role: String, type: TemplateType = .fleet,
        hook: AWSProvisioningHook? = nil, isEnabled: Bool = true
    ) -> CloudCall {
        struct Body: Encodable {
            var templateName: String
            var templateBody: String
            var enabled: Bool
            var provisioningRoleArn: String
            var preProvisioningHook: AWSProvisioningHook?
            var type: String
        }
        return call(
            "CreateProvisioningTemplate", "POST", ["provisioning-templates"],
            body: Body(
                templateName: name, templateBody: body, enabled: isEnabled, provisioningRoleArn: role,
                preProvisioningHook: hook, type: type.rawValue))
    }

    package static func describeProvisioningTemplate(_ name: String) -> CloudCall {
        call("DescribeProvisioningTemplate", "GET", ["provisioning-templates", name])
    }

    package static func deleteProvisioningTemplate(_ name: String) -> CloudCall {
        call("DeleteProvisioningTemplate", "DELETE", ["provisioning-templates", name])
    }

    package static func createProvisioningTemplateVersion(
        _ name: String, body: String, setAsDefault: Bool
    ) -> CloudCall {
        struct Body: Encodable { var templateBody: String }
        return call(
            "CreateProvisioningTemplateVersion", "POST", ["provisioning-templates", name, "versions"],
            query: [.init("setAsDefault", setAsDefault ? "true" : "false")], body: Body(templateBody: body),
            repeats: .doubling)
    }

    /// Another claim each time; each dies by itself after five minutes, so that a lost one needs no sweeping.
    package static func createProvisioningClaim(_ template: String) -> CloudCall {
        call(
            "CreateProvisioningClaim", "POST", ["provisioning-templates", template, "provisioning-claim"])
    }

    package static func registerThing(template: String, parameters: [String: String]) -> CloudCall {
        struct Body: Encodable {
            var templateBody: String
            var parameters: [String: String]
        }
        return call(
            "RegisterThing", "POST", ["things"],
            body: Body(templateBody: template, parameters: parameters), repeats: .doubling)
    }

    /// One task at a time for an account.
    package static func startThingRegistrationTask(
        template: String, bucket: String, key: String, role: String
    ) -> CloudCall {
        struct Body: Encodable {
            var templateBody: String
            var inputFileBucket: String
            var inputFileKey: String
            var roleArn: String
        }
        return call(
            "StartThingRegistrationTask", "POST", ["thing-registration-tasks"],
            body: Body(templateBody: template, inputFileBucket: bucket, inputFileKey: key, roleArn: role),
            repeats: .doubling)
    }

    package static func describeThingRegistrationTask(_ id: String) -> CloudCall {
        call("DescribeThingRegistrationTask", "GET", ["thing-registration-tasks", id])
    }

    package static func listThingRegistrationTasks(
        status: String? = nil, nextToken: String? = nil
    ) -> CloudCall {
        call(
            "ListThingRegistrationTasks", "GET", ["thing-registration-tasks"],
            query: [maxResults, field("status", status), field("nextToken", nextToken)])
    }

    package static func stopThingRegistrationTask(_ id: String) -> CloudCall {
        call("StopThingRegistrationTask", "PUT", ["thing-registration-tasks", id, "cancel"])
    }

    package enum ReportType: String, Sendable {
        case errors = "ERRORS"
        case results = "RESULTS"
    }

    package static func listThingRegistrationTaskReports(
        _ id: String, type: ReportType, nextToken: String? = nil
    ) -> CloudCall {
        call(
            "ListThingRegistrationTaskReports", "GET", ["thing-registration-tasks", id, "reports"],
            query: [.init("reportType", type.rawValue), maxResults, field("nextToken", nextToken)])
    }
}
