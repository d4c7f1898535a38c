import AWSIoT
import Model
import Testing

/// How devices may connect, read from the documents of policies as AWS's own guide writes them.
@Suite struct AWSClientRuleTests {
    private static let account = "arn:aws:iot:us-east-1:123456789012:"
    private static let name = "${iot:Connection.Thing.ThingName}"

    private static func statement(_ action: String, _ resource: String, _ more: String = "") -> String {
        #"{"Effect":"Allow","Action":"iot:\#(action)","Resource":"\#(resource)"\#(more)}"#
    }

    private static func policy(_ statements: String...) -> String {
        #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
    }

    @Test func `the thing's name alone, with topics of its own`() throws {
        let rule = try #require(
            AWSClientRule(
                policy: Self.policy(
                    Self.statement("Connect", "\(Self.account)client/\(Self.name)"),
                    Self.statement("Publish", "\(Self.account)topic/up/\(Self.name)"),
                    Self.statement("Publish", "\(Self.account)topic/dev/\(Self.name)/*"),
                    Self.statement("Receive", "\(Self.account)topic/dev/\(Self.name)/*"),
                    Self.statement("Subscribe", "\(Self.account)topicfilter/dev/\(Self.name)/*"))))
        #expect(rule == AWSClientRule(isByThingName: true, topic: "dev/{thing}/muster/verify", echoes: true))
        let client = rule.client(of: "SN-1")
        #expect(client.clientID == "SN-1" && client.topic == "dev/SN-1/muster/verify" && client.echoes)
    }

    @Test func `what may be published and not heard is said so`() throws {
        let rule = try #require(
            AWSClientRule(
                policy: Self.policy(
                    Self.statement("Connect", "\(Self.account)client/\(Self.name)"),
                    Self.statement("Publish", "\(Self.account)topic/up/\(Self.name)"))))
        #expect(rule == AWSClientRule(isByThingName: true, topic: "up/{thing}", echoes: false))
    }

    @Test func `that the certificate must be attached is as it is with every device of Muster`() throws {
        let attached = #","Condition":{"Bool":{"iot:Connection.Thing.IsAttached":["true"]}}"#
        let rule = try #require(
            AWSClientRule(
                policy: Self.policy(
                    Self.statement("Connect", "\(Self.account)client/\(Self.name)", attached))))
        #expect(rule == AWSClientRule(isByThingName: true))
    }

    @Test(arguments: ["iot:*", "*"])
    func `everything to everybody binds nothing`(_ action: String) throws {
        let rule = try #require(
            AWSClientRule(
                policy: #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","#
                    + #""Action":"\#(action)","Resource":"*"}}"#))
        #expect(rule == AWSClientRule(isByThingName: false, topic: "muster/verify", echoes: true))
        #expect(rule.client(of: "SN-1").clientID == nil)
    }

    @Test func `what is not plain is not guessed`() {
        let documents = [
            "", "no JSON", "{}", Self.policy(Self.statement("Publish", "*")),
            Self.policy(Self.statement("Connect", "\(Self.account)client/${iot:ClientId}")),
            Self.policy(Self.statement("Connect", "\(Self.account)client/fleet-*")),
            Self.policy(
                Self.statement(
                    "Connect", "*", #","Condition":{"Bool":{"iot:Connection.Thing.IsAttached":"true"}}"#)),
            Self.policy(
                Self.statement("Connect", "*", #","Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.1"}}"#)),
            Self.policy(
                Self.statement("Connect", "*"),
                #"{"Effect":"Deny","Action":"iot:Connect","Resource":"*"}"#),
        ]
        for document in documents { #expect(AWSClientRule(policy: document) == nil, "\(document)") }
    }
}
