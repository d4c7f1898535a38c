import Model
package import TargetCore

/// What a refusal of AWS says, read out of its headers and body.
package struct AWSError: Equatable, Sendable {
    /// `ResourceNotFoundException`; empty when the answer names none.
    package var type: String
    package var status: Int
    package var message: String
    /// What is there already, for ResourceAlreadyExistsException.
    package var resourceID: String?
    package var resourceARN: String?
    package var requestID: String?
    package var retryAfterSeconds: Int?

    private struct Body: Decodable {
        var message: String?
        var Message: String?
        var __type: String?
        var code: String?
        var resourceId: String?
        var resourceArn: String?
        /// The query protocol of STS wraps it.
        var Error: Inner?

        struct Inner: Decodable {
            var Code: String?
            var Message: String?
        }
    }

    package init(_ reply: CloudReply) {
        let body = try? CanonicalJSON.decode(Body.self, from: reply.body)
        let named =
            reply.header("x-amzn-ErrorType") ?? body?.__type ?? body?.code ?? body?.Error?.Code
            ?? Self.element("Code", of: reply) ?? ""
        // "ResourceNotFoundException:http://…" and "com.amazonaws.iot#ResourceNotFoundException".
        let name = named.prefix { $0 != ":" }
        type = String(name.split(separator: "#").last ?? name).trimmed
        status = reply.status
        message =
            body?.message ?? body?.Message ?? body?.Error?.Message
            ?? Self.element("Message", of: reply) ?? ""
        resourceID = body?.resourceId
        resourceARN = body?.resourceArn
        requestID = reply.header("x-amzn-RequestId")
        retryAfterSeconds = Self.seconds(reply)
    }

    /// Seconds of `Retry-After`, or milliseconds of AWS's own header rounded up; never more than a quarter of an hour.
    private static func seconds(_ reply: CloudReply) -> Int? {
        if let text = reply.header("x-amz-retry-after"), let milliseconds = Int(text), milliseconds >= 0 {
            return min(milliseconds / 1000 + (milliseconds % 1000 > 0 ? 1 : 0), longestSeconds)
        }
        guard let text = reply.header("Retry-After"), let seconds = Int(text), seconds >= 0 else {
            return nil
        }
        return min(seconds, longestSeconds)
    }

    private static let longestSeconds = 900

    /// What stands in the first element of that name: S3 says its errors in XML.
    private static func element(_ name: String, of reply: CloudReply) -> String? {
        guard reply.body.first == 0x3C else { return nil }
        let text = String(decoding: reply.body.prefix(4096), as: UTF8.self)
        let parts = text.split(separator: "<\(name)>", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return parts[1].split(separator: "</", maxSplits: 1).first.map(String.init)
    }
}

extension String {
    /// Without blanks at the ends.
    var trimmed: String {
        String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }
}
