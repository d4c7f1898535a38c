import AWSIoT
import Credentials
import FoundationEssentials
import Model
import TargetCore

/// AWS IoT in memory, as its documents describe it: what is idempotent, what doubles, what conflicts, and that detaching
/// takes a moment.
struct AWSModel {
    struct Thing: Equatable {
        var type: String?
        var attributes: [String: String]
        var billing: String?
        var version = 1
    }
    struct Certificate: Equatable {
        var pem: String
        var status: String
        var created: Int
        var policies: Set<String> = []
    }
    /// A principal of a thing; after detaching it stays for two more calls.
    struct Attachment: Equatable {
        var thing: String
        var certificate: String
        var detachedAt: Int?
    }

    var things: [String: Thing] = [:]
    var certificates: [String: Certificate] = [:]
    var attachments: [Attachment] = []
    var groups: [String: Set<String>] = ["meters": [], "berlin": []]
    var policies: Set<String> = ["device"]
    var types: Set<String> = ["meter"]
    var connectivity: [String: Int64?]?
    /// Seconds; every call takes one.
    var clock = 1_700_000_000
    var serial = 0
    var calls: [String] = []

    static let account = "123456789012"

    /// What is there, without versions and times.
    struct Content: Equatable, CustomStringConvertible {
        var things: [String: Thing]
        var certificates: [String: String]
        var policies: [String: Set<String>]
        var attachments: Set<String>
        var groups: [String: Set<String>]
        var description: String {
            "things \(things) certificates \(certificates) policies \(policies) attached \(attachments) \(groups)"
        }
    }

    var content: Content {
        Content(
            things: things.mapValues {
                Thing(type: $0.type, attributes: $0.attributes, billing: $0.billing, version: 0)
            },
            certificates: certificates.mapValues(\.status), policies: certificates.mapValues(\.policies),
            attachments: Set(
                attachments.filter { $0.detachedAt == nil }.map { "\($0.thing) \($0.certificate)" }),
            groups: groups)
    }

    static func arn(_ id: String) -> String { "arn:aws:iot:eu-west-1:\(account):cert/\(id)" }

    // MARK: - Answers

    static func refusal(_ status: Int, _ type: String, extra: String = "") -> CloudReply {
        CloudReply(
            status: status, headers: [.init("x-amzn-ErrorType", type), .init("x-amzn-RequestId", "r-1")],
            body: Array(#"{"message":"no"\#(extra)}"#.utf8))
    }

    func fine(_ members: [String: JSONValue] = [:]) -> CloudReply {
        let date = Self.httpDate(clock)
        let body = (try? CanonicalJSON.encode(members)) ?? []
        return CloudReply(status: 200, headers: [.init("Date", date)], body: members.isEmpty ? [] : body)
    }

    private static func httpDate(_ seconds: Int) -> String {
        let text = Timestamp(milliseconds: Int64(seconds) * 1000).description
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let month = months[(Int(text.dropFirst(5).prefix(2)) ?? 1) - 1]
        let day = text.dropFirst(8).prefix(2)
        return "Day, \(day) \(month) \(text.prefix(4)) \(text.dropFirst(11).prefix(8)) GMT"
    }

    mutating func answer(_ call: CloudCall) -> CloudReply {
        clock += 1
        calls.append(call.name)
        attachments.removeAll { $0.detachedAt.map { $0 + 2 < clock } ?? false }
        let body =
            (try? CanonicalJSON.decode([String: JSONValue].self, from: call.body)) ?? [:]
        return answerThings(call, body) ?? answerCertificates(call, body) ?? answerRest(call, body)
            ?? CloudReply(status: 500, body: Array("<html>not implemented</html>".utf8))
    }

    func query(_ call: CloudCall, _ name: String) -> String? { call.query.first { $0.name == name }?.value }

    func principal(_ call: CloudCall) -> String {
        call.headers.first { $0.name == "x-amzn-principal" }?.value.split(separator: "/").last.map(
            String.init)
            ?? ""
    }
}
