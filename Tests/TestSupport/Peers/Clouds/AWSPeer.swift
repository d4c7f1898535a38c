internal import Foundation
package import Model

/// AWS IoT's control plane and sts: moto behind a gate that checks signatures and shapes as AWS does.
package typealias AWSPeer = CloudPeer<AWSReady>

extension CloudPeer where Ready == AWSReady {
    /// `options` are those of `aws_gate.py`: `--page 2` for one, or `--mqtt` for a broker to which devices connect.
    package convenience init(_ options: [String] = []) throws {
        try self.init(program: "aws_gate.py", options: options)
    }

    private struct Object: Encodable {
        var bucket: String
        var key: String
        var text: String
    }

    private struct Bucket: Encodable {
        var bucket: String
    }

    /// Makes a bucket, into which objects may then be put.
    package func makeBucket(_ bucket: String) throws {
        try send("POST", "/buckets", Bucket(bucket: bucket))
    }

    private struct Hook: Encodable {
        var arn: String
        var words: [String]
        var environment: [String: String]
        var directory: String
    }

    /// Has a program asked where AWS would ask the function of that name; it reads the question and writes the answer.
    package func answerHook(_ arn: String, by words: [String], in home: Home) throws {
        try send(
            "POST", "/hooks",
            Hook(
                arn: arn, words: words, environment: home.variables, directory: home.directory.path))
    }

    private struct Unindexed: Encodable {
        var thing: String
    }

    /// From now on the index has not caught up with a thing.
    package func unindex(_ thing: String) throws {
        try send("POST", "/unindexed", Unindexed(thing: thing))
    }

    private struct Age: Encodable {
        var seconds: Int
    }

    /// Takes so many seconds off the life of every claim.
    package func ageClaims(bySeconds seconds: Int) throws {
        try send("POST", "/age-claims", Age(seconds: seconds))
    }

    /// Puts the input file of a registration task where the task reads it, instead of into S3.
    package func put(_ text: String, bucket: String, key: String) throws {
        try send("POST", "/objects", Object(bucket: bucket, key: key, text: text))
    }
}

/// Where the AWS peer is, and whom it knows.
package struct AWSReady: Decodable, Sendable {
    /// `http://127.0.0.1:port`
    package var url: String
    /// The same over TLS, as `localhost`; names of AWS's endpoints are in the certificate too.
    package var secureURL: String
    /// File with the authority of `secureURL`, PEM.
    package var ca: String
    /// The certificate that signs devices' certificates, PEM.
    package var issuer: String
    /// `mqtts://localhost:port` of the broker, where it was asked for.
    package var mqtt: String?
    /// Two accounts in eu-west-1, then the first of them in us-east-1.
    package var accounts: [AWSAccount]
    /// Temporary credentials of the first account; and such as have expired.
    package var temporary: AWSAccount
    package var expired: AWSAccount
}

/// An access key of an account, and the region in which its tests work.
package struct AWSAccount: Decodable, Sendable {
    package var account: String
    package var region: String
    package var accessKeyID: String
    package var secretAccessKey: Redacted<String>
    package var sessionToken: Redacted<String>?

    private enum Names: String, CodingKey {
        case account, region, accessKeyID, secretAccessKey, sessionToken
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Names.self)
        account = try members.decode(String.self, forKey: .account)
        region = try members.decode(String.self, forKey: .region)
        accessKeyID = try members.decode(String.self, forKey: .accessKeyID)
        secretAccessKey = Redacted(try members.decode(String.self, forKey: .secretAccessKey))
        sessionToken = try members.decodeIfPresent(String.self, forKey: .sessionToken).map(Redacted.init)
    }
}
