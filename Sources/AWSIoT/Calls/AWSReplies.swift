import Model
package import TargetCore

/// Answers of AWS IoT, every member of which may be missing. Names are AWS's own.
package enum AWSReplies {
    /// Reads a body; `nil` when it is no JSON of that form.
    package static func read<Body: Decodable>(_ type: Body.Type, _ reply: CloudReply) -> Body? {
        try? CanonicalJSON.decode(type, from: reply.body.isEmpty ? Array("{}".utf8) : reply.body)
    }

    package struct Endpoint: Decodable, Sendable { package var endpointAddress: String? }

    package struct Thing: Codable, Equatable, Sendable {
        package var thingName: String?
        package var thingId: String?
        package var thingArn: String?
        package var thingTypeName: String?
        package var attributes: [String: String]?
        package var version: Int?
        package var billingGroupName: String?
    }

    package struct Principals: Decodable, Sendable {
        package var principals: [String]?
        package var nextToken: String?
    }

    package struct Things: Decodable, Sendable {
        package var things: [String]?
        package var nextToken: String?
    }

    package struct Groups: Decodable, Sendable {
        package struct Group: Decodable, Sendable { package var groupName: String? }
        package var thingGroups: [Group]?
        package var nextToken: String?
    }

    package struct Policies: Decodable, Sendable {
        package struct Policy: Decodable, Sendable { package var policyName: String? }
        package var policies: [Policy]?
        package var nextMarker: String?
    }

    /// Of CreateCertificateFromCsr and of the registrations, which give no PEM.
    package struct NewCertificate: Decodable, Sendable {
        package var certificateArn: String?
        package var certificateId: String?
        package var certificatePem: String?
    }

    package struct Certificates: Decodable, Sendable {
        package var certificates: [Certificate]?
        package var nextMarker: String?
    }

    package struct Certificate: Decodable, Sendable {
        package var certificateArn: String?
        package var certificateId: String?
        package var certificatePem: String?
        package var status: String?
        package var certificateMode: String?
        /// Seconds since 1970.
        package var creationDate: Double?
        package var ownedBy: String?
    }

    package struct CertificateDescription: Decodable, Sendable {
        package var certificateDescription: Certificate?
    }

    package struct RegistrationCode: Decodable, Sendable { package var registrationCode: String? }

    package struct Found: Decodable, Sendable {
        package struct Connectivity: Decodable, Sendable {
            package var connected: Bool?
            /// Milliseconds since 1970.
            package var timestamp: Double?
            package var disconnectReason: String?
        }
        package struct Thing: Decodable, Sendable {
            package var thingName: String?
            package var connectivity: Connectivity?
        }
        package var things: [Thing]?
    }

    package struct Task: Decodable, Equatable, Sendable {
        package var taskId: String?
        package var status: String?
        package var message: String?
        package var successCount: Int?
        package var failureCount: Int?
        package var percentageProgress: Int?
    }

    package struct Reports: Decodable, Sendable {
        package var resourceLinks: [String]?
        package var nextToken: String?
    }

    package struct PolicyDocument: Decodable, Sendable { package var policyDocument: String? }

    package struct Identity: Decodable, Sendable {
        package struct Response: Decodable, Sendable {
            package var GetCallerIdentityResult: Result?
        }
        package struct Result: Decodable, Sendable {
            package var Account: String?
            package var Arn: String?
        }
        package var GetCallerIdentityResponse: Response?
    }
}
