import TargetCore

/// Answers about provisioning templates and authorities.
extension AWSReplies {
    package struct Template: Decodable, Sendable {
        package var templateName: String?
        package var templateArn: String?
        package var templateBody: String?
        package var type: String?
        package var enabled: Bool?
        package var defaultVersionId: Int?
        package var provisioningRoleArn: String?
        package var preProvisioningHook: AWSProvisioningHook?
        /// Seconds since 1970.
        package var lastModifiedDate: Double?
    }

    package struct Templates: Decodable, Sendable {
        package var templates: [Template]?
        package var nextToken: String?
    }

    package struct TemplateVersions: Decodable, Sendable {
        package struct Version: Decodable, Sendable {
            package var versionId: Int?
            package var isDefaultVersion: Bool?
        }
        package var versions: [Version]?
        package var nextToken: String?
    }

    package struct AuthorityDescription: Decodable, Sendable {
        package struct Authority: Decodable, Sendable {
            package var certificateId: String?
            package var status: String?
            package var certificatePem: String?
            package var autoRegistrationStatus: String?
            package var certificateMode: String?
        }
        package var certificateDescription: Authority?
        package var registrationConfig: AWSRegistrationConfig?
    }
}
