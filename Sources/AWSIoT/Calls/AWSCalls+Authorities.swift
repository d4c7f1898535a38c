package import TargetCore

/// What happens when a device of a registered authority connects for the first time.
package struct AWSRegistrationConfig: Codable, Equatable, Sendable {
    package var templateBody: String?
    package var roleArn: String?
    package var templateName: String?

    package init(templateBody: String? = nil, roleArn: String? = nil, templateName: String? = nil) {
        self.templateBody = templateBody
        self.roleArn = roleArn
        self.templateName = templateName
    }
}

extension AWSCalls {
    package static let getRegistrationCode = call("GetRegistrationCode", "GET", ["registrationcode"])

    /// With a verification certificate the account proves that it holds the authority's key; without one the authority
    /// serves only devices that name their endpoint, and may stand in many accounts.
    package static func registerCACertificate(
        _ pem: String, verification: String?, isActive: Bool, registersItself: Bool,
        config: AWSRegistrationConfig? = nil
    ) -> CloudCall {
        struct Body: Encodable {
            var caCertificate: String
            var verificationCertificate: String?
            var registrationConfig: AWSRegistrationConfig?
            var certificateMode: String
        }
        return call(
            "RegisterCACertificate", "POST", ["cacertificate"],
            query: [
                .init("setAsActive", isActive ? "true" : "false"),
                .init("allowAutoRegistration", registersItself ? "true" : "false"),
            ],
            body: Body(
                caCertificate: pem, verificationCertificate: verification, registrationConfig: config,
                certificateMode: verification == nil ? "SNI_ONLY" : "DEFAULT"))
    }

    package static func describeCACertificate(_ id: String) -> CloudCall {
        call("DescribeCACertificate", "GET", ["cacertificate", id])
    }

    package static func updateCACertificate(_ id: String, to status: AWSCertificateStatus) -> CloudCall {
        call(
            "UpdateCACertificate", "PUT", ["cacertificate", id],
            query: [.init("newStatus", status.rawValue)])
    }

    package static func deleteCACertificate(_ id: String) -> CloudCall {
        call("DeleteCACertificate", "DELETE", ["cacertificate", id])
    }

    package static func listCACertificates(marker: String? = nil) -> CloudCall {
        call("ListCACertificates", "GET", ["cacertificates"], query: [pageSize, field("marker", marker)])
    }
}
