import Model
package import TargetCore

/// The operations of AWS IoT, as calls that are not signed yet. Source: the service model of AWS IoT, version 2015-05-28.
package enum AWSCalls {
    static func call(
        _ name: String, _ method: String, _ path: [String], query: [CloudCall.Field?] = [],
        headers: [CloudCall.Field] = [], repeats: CloudCall.Repeats = .safely
    ) -> CloudCall {
        CloudCall(
            name, plane: AWSPlane.iot.rawValue, method: method, path: path, query: query.compactMap { $0 },
            headers: headers, repeats: repeats)
    }

    /// The same with a JSON body.
    static func call(
        _ name: String, _ method: String, _ path: [String], query: [CloudCall.Field?] = [],
        body: some Encodable, repeats: CloudCall.Repeats = .safely
    ) -> CloudCall {
        var call = call(name, method, path, query: query, repeats: repeats)
        call.headers = [.init("Content-Type", "application/json")]
        do {
            call.body = try CanonicalJSON.encode(body)
        } catch {
            preconditionFailure("texts, numbers and truth values always encode: \(error)")
        }
        return call
    }

    static func field(_ name: String, _ value: String?) -> CloudCall.Field? {
        value.map { CloudCall.Field(name, $0) }
    }

    static func principal(_ arn: String) -> [CloudCall.Field] { [.init("x-amzn-principal", arn)] }

    /// The most of one page.
    static let pageSize = CloudCall.Field("pageSize", "250")
    static let maxResults = CloudCall.Field("maxResults", "250")

    /// Stable for an account and region. Without the type the answer would be an address of an older chain.
    package static func describeEndpoint(type: String = "iot:Data-ATS") -> CloudCall {
        call("DescribeEndpoint", "GET", ["endpoint"], query: [.init("endpointType", type)])
    }

    /// Whose keys these are, and that they are good. Source: AWS STS, version 2011-06-15.
    package static let getCallerIdentity = CloudCall(
        "GetCallerIdentity", plane: AWSPlane.sts.rawValue, method: "POST", path: [""],
        headers: [
            .init("Accept", "application/json"),
            .init("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        ], body: Array("Action=GetCallerIdentity&Version=2011-06-15".utf8))

    package static func searchIndex(
        query: String, index: String = "AWS_Things", limit: Int = 100, nextToken: String? = nil
    ) -> CloudCall {
        struct Body: Encodable {
            var indexName: String
            var queryString: String
            var maxResults: Int
            var nextToken: String?
        }
        return call(
            "SearchIndex", "POST", ["indices", "search"],
            body: Body(indexName: index, queryString: query, maxResults: limit, nextToken: nextToken))
    }

    package static let getIndexingConfiguration = call(
        "GetIndexingConfiguration", "GET", ["indexing", "config"])
}
