package import AWSIoT
package import AzureIoT
package import Model

/// How a target is set, by its kind. It holds no secret. In JSON: `{"kind": …, "settings": {…}, "authorities": …,
/// "downAfterSeconds": …}`.
package struct TargetSettings: Equatable, Sendable {
    package enum Cloud: Equatable, Sendable {
        case azureDPS(AzureDPSSettings)
        case iotHub(IoTHubSettings)
        case aws(AWSSettings)
    }

    package var cloud: Cloud
    /// PEM of the authorities that the target's servers are believed by; `nil` for those that the system trusts.
    package var authorities: String?
    /// How long its calls must have failed before the registrar takes it for down by itself; 0: never. `nil` is the usual time.
    package var downAfterSeconds: Int?

    package init(_ cloud: Cloud, authorities: String? = nil, downAfterSeconds: Int? = nil) {
        self.cloud = cloud
        self.authorities = authorities
        self.downAfterSeconds = downAfterSeconds
    }

    package var kind: TargetKind {
        switch cloud {
        case .azureDPS: .azureDPS
        case .iotHub: .iotHub
        case .aws: .aws
        }
    }

    /// Seconds by which the clocks may differ before what the registrar signs is refused.
    package static func tolerableSkewSeconds(at kind: TargetKind) -> Int64 {
        switch kind {
        case .azureDPS, .iotHub: ClockLint.tolerableSeconds
        case .aws: AWSLint.limitSkewSeconds
        // It has no other clock than this machine's.
        case .builtIn: .max
        }
    }

    /// Keeps what the target's policy says of how devices connect, which only a change of the target reads again; what is
    /// said by hand, in `client`, goes before that.
    package mutating func learn(from check: TargetCheck, unless isSaid: Bool) {
        guard case .aws(var aws) = cloud, !(isSaid && aws.client != nil) else { return }
        aws.client = check.client
        cloud = .aws(aws)
    }

    /// Names of the secrets that the target may be given.
    package var secretNames: [String] {
        switch cloud {
        case .azureDPS(let settings): ["key"] + settings.hubs.map { "key." + $0.host }
        case .iotHub: ["key"]
        case .aws: ["accessKeyID", "secretAccessKey", "sessionToken"]
        }
    }
}

extension TargetSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case kind, settings, authorities, downAfterSeconds
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        authorities = try container.decodeIfPresent(String.self, forKey: .authorities)
        downAfterSeconds = try container.decodeIfPresent(Int.self, forKey: .downAfterSeconds)
        switch try container.decode(TargetKind.self, forKey: .kind) {
        case .azureDPS:
            cloud = .azureDPS(try container.decode(AzureDPSSettings.self, forKey: .settings))
        case .iotHub: cloud = .iotHub(try container.decode(IoTHubSettings.self, forKey: .settings))
        case .aws: cloud = .aws(try container.decode(AWSSettings.self, forKey: .settings))
        case .builtIn:
            throw DecodingError.dataCorruptedError(
                forKey: .kind, in: container, debugDescription: "The built-in target has no settings.")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        switch cloud {
        case .azureDPS(let settings): try container.encode(settings, forKey: .settings)
        case .iotHub(let settings): try container.encode(settings, forKey: .settings)
        case .aws(let settings): try container.encode(settings, forKey: .settings)
        }
        try container.encodeIfPresent(authorities, forKey: .authorities)
        try container.encodeIfPresent(downAfterSeconds, forKey: .downAfterSeconds)
    }
}
