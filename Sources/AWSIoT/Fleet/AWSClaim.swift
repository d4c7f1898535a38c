package import Model
package import TargetCore

/// A claim certificate that AWS made for one installation, good for five minutes. Source: AWS IoT developer guide,
/// "Provisioning by trusted user".
package struct AWSClaim: Equatable, Sendable {
    package var certificateID: String
    package var certificatePEM: String
    /// It is in no store and no journal.
    package var privateKey: Redacted<String>
    package var expires: Timestamp

    /// Within which a device must have got its certificate.
    package static let lifeSeconds: Int64 = 300

    private struct Body: Decodable {
        struct Pair: Decodable { var PrivateKey: String? }
        var certificateId: String?
        var certificatePem: String?
        var keyPair: Pair?
        /// Seconds since 1970.
        var expiration: Double?
    }

    /// `nil` for an answer of another form. Without an expiration in it, the five minutes start when the call was sent.
    package init?(_ reply: CloudReply, asked: Timestamp) {
        guard (200..<300).contains(reply.status), let body = AWSReplies.read(Body.self, reply),
            let id = body.certificateId, let pem = body.certificatePem, let key = body.keyPair?.PrivateKey
        else { return nil }
        certificateID = id
        certificatePEM = pem
        privateKey = Redacted(key)
        let seconds = body.expiration.flatMap { $0 > 0 && $0 < 1e11 ? Int64($0) : nil }
        expires =
            seconds.map { Timestamp(milliseconds: $0 * 1000) }
            ?? asked.advanced(bySeconds: Self.lifeSeconds)
    }

    /// For a countdown; 0 once it is of no use any more.
    package func secondsLeft(at now: Timestamp) -> Int64 {
        max(0, (expires.milliseconds - now.milliseconds) / 1000)
    }
}
