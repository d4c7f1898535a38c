/// An Amazon resource name of AWS IoT: `arn:PARTITION:iot:REGION:ACCOUNT:KIND/NAME`.
package struct AWSName: Equatable, Sendable, CustomStringConvertible {
    package enum Kind: String, Sendable {
        case certificate = "cert"
        case thing
        case policy
        case authority = "cacert"
    }

    package var partition: String
    package var region: String
    package var account: String
    package var kind: String
    package var name: String

    package init(_ kind: Kind, _ name: String, endpoint: AWSEndpoint, account: String) {
        partition = endpoint.partition.rawValue
        region = endpoint.region
        self.account = account
        self.kind = kind.rawValue
        self.name = name
    }

    /// `nil` for text of another form, and for names of other services.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[2] == "iot",
            let slash = parts[5].firstIndex(of: "/")
        else { return nil }
        partition = String(parts[1])
        region = String(parts[3])
        account = String(parts[4])
        kind = String(parts[5][..<slash])
        name = String(parts[5][parts[5].index(after: slash)...])
    }

    package var description: String { "arn:\(partition):iot:\(region):\(account):\(kind)/\(name)" }

    /// The id of the certificate that this names; `nil` when it names something else.
    package var certificateID: String? {
        kind == Kind.certificate.rawValue && Self.isCertificateID(name) ? name : nil
    }

    /// 64 lower-case hex digits: the SHA-256 of the DER form.
    package static func isCertificateID(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
