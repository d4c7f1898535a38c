/// One region of one account, and how it is reached. Source: AWS General Reference, "AWS IoT Core endpoints and quotas".
package struct AWSEndpoint: Codable, Equatable, Sendable {
    /// `eu-west-1`.
    package var region: String
    /// `https://host` or `https://host:port` in place of the region's own, for private stacks.
    package var controlPlane: String?
    /// Whether the addresses with validated cryptography are used; absent means no.
    package var fips: Bool?
    /// Whether the addresses that answer by IPv6 too are used; absent means no.
    package var dualStack: Bool?
    /// The name that calls are signed for in place of `iot`; stacks from before 2023 want `execute-api`.
    package var signingName: String?

    package init(
        region: String, controlPlane: String? = nil, fips: Bool? = nil, dualStack: Bool? = nil,
        signingName: String? = nil
    ) {
        self.region = region
        self.controlPlane = controlPlane
        self.fips = fips
        self.dualStack = dualStack
        self.signingName = signingName
    }

    package var partition: AWSPartition { AWSPartition(region: region) }

    /// `https://iot.eu-west-1.amazonaws.com`, or what stands in its place.
    package func address(of plane: AWSPlane) -> String {
        if let controlPlane {
            return controlPlane.hasSuffix("/") ? String(controlPlane.dropLast()) : controlPlane
        }
        let service = plane.rawValue + (fips == true ? "-fips" : "")
        guard dualStack == true else { return "https://\(service).\(region).\(partition.suffix)" }
        return plane == .s3
            ? "https://\(service).dualstack.\(region).\(partition.suffix)"
            : "https://\(service).\(region).\(partition.dualStackSuffix)"
    }

    /// What the `Host` header says and is signed: without the scheme, and without its usual port.
    package func host(of plane: AWSPlane) -> String {
        let address = address(of: plane)
        let (scheme, rest) =
            address.hasPrefix("http://")
            ? ("http", address.dropFirst(7)) : ("https", address.dropFirst(8))
        let host = rest.prefix { $0 != "/" }
        let usual = scheme == "http" ? ":80" : ":443"
        return String(host.hasSuffix(usual) ? host.dropLast(usual.count) : host)
    }

    /// The name in the scope of a signature.
    package func signingName(of plane: AWSPlane) -> String {
        plane == .iot ? signingName ?? plane.rawValue : plane.rawValue
    }
}

/// The services that are called.
package enum AWSPlane: String, CaseIterable, Sendable {
    case iot, sts, s3

    /// In what its signatures differ. S3 alone signs paths as they are sent, and the body's hash with them. Source: AWS
    /// documentation, "Create a signed AWS API request".
    package var signing: SigV4.Options {
        var options = SigV4.Options()
        guard self == .s3 else { return options }
        options.normalizesPath = false
        options.encodesPathTwice = false
        options.sendsBodyHash = true
        return options
    }
}

/// The separate clouds of AWS. Source: `partitions.json` of botocore.
package enum AWSPartition: String, CaseIterable, Sendable {
    case aws
    case china = "aws-cn"
    case government = "aws-us-gov"

    package init(region: String) {
        self =
            region.hasPrefix("cn-") ? .china : region.hasPrefix("us-gov-") ? .government : .aws
    }

    package var suffix: String { self == .china ? "amazonaws.com.cn" : "amazonaws.com" }

    package var dualStackSuffix: String {
        self == .china ? "api.amazonwebservices.com.cn" : "api.aws"
    }
}
