import Model
import TargetCore

/// Builds the body of a provisioning template. Source: AWS IoT developer guide, "Provisioning templates".
package struct AWSTemplate: Equatable, Sendable {
    package enum Use: String, CaseIterable, Sendable {
        case fleet
        case justInTime = "just-in-time"
        case bulk
    }

    /// A part of a name or value.
    package enum Part: Equatable, Sendable {
        case text(String)
        case parameter(String)
    }

    package var use: Use
    package var thingName: [Part]
    package var attributes: [String: [Part]]
    package var thingType: String?
    package var groups: [String]
    package var policy: String
    /// What devices are told; fleets alone.
    package var deviceConfiguration: [String: String]

    package init(
        use: Use, thingName: [Part], attributes: [String: [Part]] = [:], thingType: String? = nil,
        groups: [String] = [], policy: String, deviceConfiguration: [String: String] = [:]
    ) {
        self.use = use
        self.thingName = thingName
        self.attributes = attributes
        self.thingType = thingType
        self.groups = groups
        self.policy = policy
        self.deviceConfiguration = deviceConfiguration
    }

    /// The parameter that holds a bulk line's certificate request.
    package static let requestParameter = "CSR"
    static let certificateID = "AWS::IoT::Certificate::Id"

    package var body: String {
        var members: [String: JSONValue] = [
            "Parameters": .object(
                Dictionary(uniqueKeysWithValues: parameters.map { ($0, .object(["Type": .text("String")])) })),
            "Resources": .object([
                "thing": thing, "certificate": certificate,
                "policy": .object([
                    "Type": .text("AWS::IoT::Policy"), "Properties": .object(["PolicyName": .text(policy)]),
                ]),
            ]),
        ]
        if use == .fleet, !deviceConfiguration.isEmpty {
            members["DeviceConfiguration"] = .object(deviceConfiguration.mapValues { .text($0) })
        }
        do { return try CanonicalJSON.text(members) } catch {
            preconditionFailure("texts always encode: \(error)")
        }
    }

    private var parameters: Set<String> {
        let named = ([thingName] + attributes.values).flatMap { $0 }.compactMap { part in
            if case .parameter(let name) = part { name } else { nil }
        }
        return Set(named + [use == .bulk ? Self.requestParameter : Self.certificateID])
    }

    private var thing: JSONValue {
        var properties: [String: JSONValue] = ["ThingName": Self.value(thingName)]
        if !attributes.isEmpty {
            properties["AttributePayload"] = .object(attributes.mapValues(Self.value))
        }
        properties["ThingTypeName"] = thingType.map { .text($0) }
        if !groups.isEmpty { properties["ThingGroups"] = .list(groups.map { .text($0) }) }
        return .object([
            "Type": .text("AWS::IoT::Thing"), "Properties": .object(properties),
            "OverrideSettings": .object([
                "AttributePayload": .text("MERGE"), "ThingTypeName": .text("REPLACE"),
                "ThingGroups": .text("DO_NOTHING"),
            ]),
        ])
    }

    private var certificate: JSONValue {
        let source: (String, String) =
            use == .bulk
            ? ("CertificateSigningRequest", Self.requestParameter) : ("CertificateId", Self.certificateID)
        return .object([
            "Type": .text("AWS::IoT::Certificate"),
            "Properties": .object([
                source.0: .object(["Ref": .text(source.1)]), "Status": .text("ACTIVE"),
            ]),
        ])
    }

    private static func value(_ parts: [Part]) -> JSONValue {
        let values = parts.map { part -> JSONValue in
            switch part {
            case .text(let text): .text(text)
            case .parameter(let name): .object(["Ref": .text(name)])
            }
        }
        guard values.count != 1, !values.isEmpty else { return values.first ?? .text("") }
        return .object(["Fn::Join": .list([.text(""), .list(values)])])
    }
}

extension AWSTemplate {
    /// A name or value with parameters in braces: `meter-{SerialNumber}`.
    package static func parts(_ pattern: String) -> [Part] {
        var parts: [Part] = []
        var rest = pattern[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            parts.append(.parameter(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        return parts
    }
}
