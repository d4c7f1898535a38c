package import TargetCore

/// How many calls AWS IoT takes, as defaults for one account and region; most are raised on request.
package enum AWSLimits {
    /// A public dump of Service Quotas' defaults; 10 to 15 in 2019, and possibly still in small regions.
    private static let dump = "Service Quotas defaults, public dump of 2023"
    private static let table = "AWS IoT limits, the last public table, November 2019"
    private static let unproven = "AWS documentation from memory, no public table"

    package static let all: [CloudLimit] =
        limits(
            100, dump,
            [
                "CreateThing", "UpdateThing", "DeleteThing", "AttachThingPrincipal", "DetachThingPrincipal",
                "AddThingToThingGroup", "RemoveThingFromThingGroup", "DescribeThingType",
                "DescribeThingGroup",
                "ListThingGroupsForThing",
            ])
        + limits(350, dump, ["DescribeThing"])
        + limits(15, dump, ["CreateThingType", "DeleteThingGroup"])
        + limits(25, dump, ["CreateThingGroup", "ListThingsInThingGroup"])
        + limits(10, dump, ["ListThings", "ListThingPrincipals", "ListPrincipalThings"])
        + limits(
            15, table, ["AttachPolicy", "DetachPolicy", "ListAttachedPolicies", "CreateCertificateFromCsr"])
        + limits(
            10, table,
            [
                "RegisterCertificate", "UpdateCertificate", "DeleteCertificate", "DescribeCertificate",
                "RegisterCACertificate", "RegisterThing", "TransferCertificate", "CreatePolicy", "GetPolicy",
            ])
        + limits(
            10, unproven,
            [
                "RegisterCertificateWithoutCA", "ListCertificates", "DescribeEndpoint",
                "CreateProvisioningClaim",
            ]) + [registrations]

    /// All ways of making a device certificate known count together.
    private static let registrations = CloudLimit(
        "aws_device_certificates", plane: "iot",
        calls: [
            "CreateCertificateFromCsr", "RegisterCertificate", "RegisterCertificateWithoutCA",
            "RegisterThing",
        ], count: 15, seconds: 1, adjustable: true, source: table)

    private static func limits(_ count: Int, _ source: String, _ calls: [String]) -> [CloudLimit] {
        CloudLimit.each(
            of: calls, prefix: "aws", plane: "iot", count: count, seconds: 1, adjustable: true, source: source
        )
    }
}
