package import Model

/// How a policy lets a device connect, as far as its document says so plainly.
package struct AWSClientRule: Codable, Equatable, Sendable {
    /// Whether the thing's name is the only client id that is let in.
    package var isByThingName: Bool
    /// A topic where the device may publish; `{thing}` stands for the thing's name.
    package var topic: String?
    /// Whether the device may subscribe to that topic and receive from it too.
    package var echoes: Bool

    package init(isByThingName: Bool, topic: String? = nil, echoes: Bool = false) {
        self.isByThingName = isByThingName
        self.topic = topic
        self.echoes = echoes
    }

    /// What it means for one thing.
    package func client(of thing: String) -> DeviceTarget.Client {
        DeviceTarget.Client(
            clientID: isByThingName ? thing : nil,
            topic: topic?.replacing(Self.thing, with: thing), echoes: echoes)
    }

    static let thing = "{thing}"
}

extension AWSClientRule {
    /// Reads a policy's document; `nil` where it allows no connection, denies something, or names client ids in another way than
    /// by the thing or not at all. Source: AWS IoT Core policies, "Policy variables" and "Connect policy examples".
    package init?(policy document: String) {
        let statements = JSONValue(document)?["Statement"]?.asList ?? []
        guard statements.allSatisfy({ $0["Effect"]?.text == "Allow" }) else { return nil }
        func names(_ action: String, _ kind: String) -> [String] {
            statements.filter { Self.covers($0, action) }.flatMap { statement in
                (statement["Resource"]?.asList ?? []).compactMap { Self.name($0.text ?? "", kind) }
            }
        }
        let clients = names("Connect", "client").map { name in
            // A thing is known to be attached by its name.
            name == "*" && statements.contains { $0["Condition"] != nil } ? "" : name
        }
        let isOpen = clients.contains("*")
        guard isOpen || clients.contains(Self.thing) else { return nil }
        isByThingName = !isOpen
        let topics = names("Publish", "topic").map(Self.filled).filter { !$0.contains("*") }
        let heard = (names("Subscribe", "topicfilter"), names("Receive", "topic"))
        let echoing = topics.first { topic in
            heard.0.contains { Self.matches($0, topic) } && heard.1.contains { Self.matches($0, topic) }
        }
        topic = echoing ?? topics.first
        echoes = echoing != nil
    }

    private static func covers(_ statement: JSONValue, _ action: String) -> Bool {
        // What rests on another condition is let in or not by things that are not known here.
        guard statement["Condition"].map(isAttachment) ?? true else { return false }
        let actions = (statement["Action"]?.asList ?? []).compactMap(\.text)
        return actions.contains { ["*", "iot:*", "iot:" + action].contains($0) }
    }

    /// Whether a condition asks for nothing but that the certificate is the thing's own, which provisioning sees to.
    private static func isAttachment(_ condition: JSONValue) -> Bool {
        let asked = condition["Bool"]?["iot:Connection.Thing.IsAttached"]?.asList
        return condition.members.count == 1 && condition["Bool"]?.members.count == 1
            && asked.map { $0 == [.text("true")] || $0 == [.boolean(true)] } ?? false
    }

    /// The name in a resource of that kind, with the thing's variable as `{thing}`; `nil` for another kind and for other
    /// variables.
    private static func name(_ resource: String, _ kind: String) -> String? {
        if resource == "*" { return "*" }
        let parts = resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn", parts[5].hasPrefix(kind + "/") else { return nil }
        let name = parts[5].dropFirst(kind.utf8.count + 1)
            .replacing("${iot:Connection.Thing.ThingName}", with: thing)
        return name.contains("${") || name.contains("?") ? nil : String(name)
    }

    /// A topic that a pattern with a star at its end lets through.
    private static func filled(_ pattern: String) -> String {
        pattern.hasSuffix("*") ? pattern.dropLast() + "muster/verify" : pattern
    }

    private static func matches(_ pattern: String, _ topic: String) -> Bool {
        pattern == topic
            || pattern.hasSuffix("*") && !pattern.dropLast().contains("*")
                && topic.hasPrefix(pattern.dropLast())
    }
}
