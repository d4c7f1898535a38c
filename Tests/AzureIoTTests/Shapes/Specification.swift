import AzureIoT
import Model
import TargetCore

/// One of Microsoft's specifications, as far as requests and answers are held against it.
struct Specification {
    var root: JSONValue
    var paths: [(template: [String], members: JSONValue)]

    init(_ file: String) throws {
        root = try Vectors.decode(JSONValue.self, file)
        guard case .object(let all)? = root["paths"] else {
            paths = []
            return
        }
        paths = all.map { ($0.key.split(separator: "/").map(String.init), $0.value) }
    }

    /// What is wrong with a call, by the specification.
    func faults(of call: CloudCall) -> [String] {
        guard let operation = operation(of: call) else {
            return ["no such path: \(call.method) \(call.target)"]
        }
        var faults: [String] = []
        var known: Set<String> = []
        for parameter in operation.parameters.map(resolved) {
            guard let name = parameter["name"]?.text else { continue }
            known.insert(name)
            switch parameter["in"]?.text {
            case "query":
                let given = call.query.first { $0.name == name }
                if parameter["required"] == .boolean(true), given == nil {
                    faults.append("\(name) is missing")
                }
                if let given, case .list(let allowed)? = parameter["enum"],
                    !allowed.contains(.text(given.value))
                {
                    faults.append("\(name) is \(given.value)")
                }
            case "body":
                let body = try? CanonicalJSON.decode(JSONValue.self, from: call.sentBody)
                guard let body else {
                    if parameter["required"] == .boolean(true) { faults.append("no body") }
                    continue
                }
                faults += check(body, parameter["schema"] ?? .null, "body")
            default: continue
            }
        }
        faults += call.query.map(\.name).filter { !known.contains($0) }.map { "unknown query \($0)" }
        return faults
    }

    /// What is wrong with an answer of status 200, by the specification.
    func faults(of reply: CloudReply, to call: CloudCall) -> [String] {
        guard reply.status == 200, let operation = operation(of: call),
            let schema = operation.answers["200"]?["schema"]
        else { return [] }
        guard let body = try? CanonicalJSON.decode(JSONValue.self, from: reply.body) else {
            return ["no JSON"]
        }
        return check(body, schema, "answer")
    }

    private func operation(of call: CloudCall) -> (parameters: [JSONValue], answers: JSONValue)? {
        // A literal path goes before one with blanks.
        let matching = paths.filter { path in
            path.template.count == call.path.count
                && zip(path.template, call.path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }.sorted {
            $0.template.filter { $0.hasPrefix("{") }.count < $1.template.filter { $0.hasPrefix("{") }.count
        }
        for path in matching {
            guard let operation = path.members[call.method.lowercased()] else { continue }
            var parameters: [JSONValue] = []
            for holder in [path.members, operation] {
                if case .list(let list)? = holder["parameters"] { parameters += list }
            }
            return (parameters, operation["responses"] ?? .null)
        }
        return nil
    }

    private func resolved(_ value: JSONValue) -> JSONValue {
        guard let reference = value["$ref"]?.text else { return value }
        return reference.split(separator: "/").dropFirst().reduce(root) { $0[String($1)] ?? .null }
    }

    private func check(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        let schema = resolved(schema)
        var faults: [String] = []
        if case .list(let allowed)? = schema["enum"], !allowed.contains(value) {
            faults.append("\(place): \(value)")
        }
        switch (schema["type"]?.text, value) {
        case ("array"?, .list(let items)):
            for (index, item) in items.enumerated() {
                faults += check(item, schema["items"] ?? .null, "\(place)[\(index)]")
            }
        case ("array"?, _): faults.append("\(place) is no array")
        case ("string"?, .text), ("boolean"?, .boolean), ("integer"?, .integer), ("number"?, .integer),
            ("number"?, .number):
            break
        case ("string"?, _), ("boolean"?, _), ("integer"?, _), ("number"?, _):
            faults.append("\(place): \(value)")
        case (_, .object(let members)): faults += check(members, schema, place)
        default: break
        }
        return faults
    }

    private func check(_ members: [String: JSONValue], _ schema: JSONValue, _ place: String) -> [String] {
        var faults: [String] = []
        if case .list(let required)? = schema["required"] {
            faults += required.compactMap(\.text).filter { members[$0] == nil }.map {
                "\(place) lacks \($0)"
            }
        }
        guard case .object(let properties)? = schema["properties"] else { return faults }
        for (name, member) in members {
            if let property = properties[name] {
                faults += check(member, property, "\(place).\(name)")
            } else if schema["additionalProperties"] == .boolean(false) {
                faults.append("\(place) has an unknown \(name)")
            }
        }
        return faults
    }
}
