import Foundation
import Testing

/// The API document, as far as a test needs to hold answers against it. Source: OpenAPI 3.1, JSON Schema 2020-12.
struct APIDocument {
    private let root: [String: Any]

    init(_ bytes: [UInt8]) throws {
        root = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }

    /// `GET /v1/hello` and so on.
    var operations: Set<String> {
        var found: Set<String> = []
        for (path, methods) in root["paths"] as? [String: [String: Any]] ?? [:] {
            for method in methods.keys { found.insert("\(method.uppercased()) \(path)") }
        }
        return found
    }

    func isOpen(_ operation: String) -> Bool {
        (self.operation(operation)["security"] as? [Any])?.isEmpty == true
    }

    private func operation(_ name: String) -> [String: Any] {
        let parts = name.split(separator: " ").map(String.init)
        let path = (root["paths"] as? [String: [String: Any]])?[parts[1]] ?? [:]
        return path[parts[0].lowercased()] as? [String: Any] ?? [:]
    }

    /// What a body breaks of the schema that an answer to the operation has; empty when it fits.
    func faults(in body: [UInt8], of operation: String, isProblem: Bool) throws -> [String] {
        let responses = self.operation(operation)["responses"] as? [String: [String: Any]] ?? [:]
        let content = responses[isProblem ? "default" : "200"]?["content"] as? [String: [String: Any]] ?? [:]
        let type = isProblem ? "application/problem+json" : "application/json"
        let schema = try #require(content[type]?["schema"] as? [String: Any], "\(operation) has no \(type)")
        return faults(try value(body), schema, at: "$")
    }

    /// The same for what a request carries.
    func faults(inRequest body: [UInt8], of operation: String) throws -> [String] {
        let request = self.operation(operation)["requestBody"] as? [String: Any] ?? [:]
        let content = request["content"] as? [String: [String: Any]] ?? [:]
        let schema = try #require(content["application/json"]?["schema"] as? [String: Any])
        return faults(try value(body), schema, at: "$")
    }

    func faults(_ body: [UInt8], schema name: String) throws -> [String] {
        faults(try value(body), ["$ref": "#/components/schemas/\(name)"], at: "$")
    }

    private func value(_ body: [UInt8]) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)
    }

    private func faults(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        if let reference = schema["$ref"] as? String {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            let schemas = (root["components"] as? [String: Any])?["schemas"] as? [String: [String: Any]]
            guard let target = schemas?[name] else { return ["\(place): no schema \(name)"] }
            return faults(value, target, at: place)
        }
        switch schema["type"] as? String {
        case "object": return objectFaults(value, schema, at: place)
        case "array":
            guard let items = value as? [Any] else { return ["\(place) is no list"] }
            let schema = schema["items"] as? [String: Any] ?? [:]
            return items.enumerated().flatMap { faults($0.element, schema, at: "\(place)[\($0.offset)]") }
        case "string":
            guard let text = value as? String else { return ["\(place) is no text"] }
            if let choices = schema["enum"] as? [String], !choices.contains(text) {
                return ["\(place) is none of \(choices)"]
            }
            if let pattern = schema["pattern"] as? String,
                text.range(of: pattern, options: .regularExpression) == nil
            {
                return ["\(place) is not like \(pattern)"]
            }
            return []
        case "integer": return value is Int ? [] : ["\(place) is no number"]
        case "boolean": return value is Bool ? [] : ["\(place) is no truth value"]
        default: return ["\(place): the schema has no type"]
        }
    }

    private func objectFaults(_ value: Any, _ schema: [String: Any], at place: String) -> [String] {
        guard let object = value as? [String: Any] else { return ["\(place) is no object"] }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        var found: [String] = []
        for name in schema["required"] as? [String] ?? [] where object[name] == nil {
            found.append("\(place) has no \(name)")
        }
        for (name, member) in object {
            if let known = properties[name] {
                found += faults(member, known, at: "\(place).\(name)")
            } else if let other = schema["additionalProperties"] as? [String: Any] {
                found += faults(member, other, at: "\(place).\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                found.append("\(place).\(name) is not documented")
            }
        }
        return found
    }
}
