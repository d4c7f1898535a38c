internal import Foundation
package import Model

/// Our own stand-in for Azure DPS and IoT Hub. It is not Microsoft's: see `Tests/Peers/README.md` for what it proves.
package typealias AzurePeer = CloudPeer<AzureReady>

extension CloudPeer where Ready == AzureReady {
    /// `options` are those of `azure_standin.py`, `--retry-after 0` for one.
    package convenience init(_ options: [String] = []) throws {
        try self.init(program: "azure_standin.py", options: options)
    }

    private struct Authority: Encodable {
        var name: String
        var certificate: String
    }

    /// Uploads a CA certificate as an administrator does, for attestations that refer to it by name.
    package func addAuthority(_ name: String, pem: String) throws {
        try send("POST", "/authorities", Authority(name: name, certificate: pem))
    }

    /// Everything that the services hold, as JSON without keys.
    package func state() throws -> String {
        String(decoding: try send("GET", "/state"), as: UTF8.self)
    }
}

/// Where the Azure peer is. All addresses are `https://localhost:port`; tokens are for the logical names.
package struct AzureReady: Decodable, Sendable {
    /// File with the authority of all addresses, PEM.
    package var ca: String
    package var dps: AzureService
    package var device: Device
    /// The linked hubs, in the order of allocation.
    package var hubs: [AzureService]

    /// The plane on which devices register.
    package struct Device: Decodable, Sendable {
        package var name: String
        package var url: String
        package var idScope: String
    }
}

/// A service with its host name, address and shared access policies.
package struct AzureService: Decodable, Sendable {
    /// The logical host name, which tokens are for: `contoso-hub-1.azure-devices.net`.
    package var name: String
    package var url: String
    package var policies: [AzurePolicy]
    /// Tokens of Entra ID: one that is let in, one that is not any more.
    package var bearer: Redacted<String>
    package var expiredBearer: Redacted<String>

    /// The policy of this name.
    package func policy(_ name: String) -> AzurePolicy? { policies.first { $0.name == name } }

    private enum Names: String, CodingKey {
        case name, url, policies, bearer, expiredBearer
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Names.self)
        name = try members.decode(String.self, forKey: .name)
        url = try members.decode(String.self, forKey: .url)
        policies = try members.decode([AzurePolicy].self, forKey: .policies)
        bearer = Redacted(try members.decode(String.self, forKey: .bearer))
        expiredBearer = Redacted(try members.decode(String.self, forKey: .expiredBearer))
    }
}

/// A shared access policy: its keys in base64, and what they allow.
package struct AzurePolicy: Decodable, Sendable {
    package var name: String
    package var key: Redacted<String>
    package var secondaryKey: Redacted<String>
    package var rights: [String]

    private enum Names: String, CodingKey {
        case name, key, secondaryKey, rights
    }

    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: Names.self)
        name = try members.decode(String.self, forKey: .name)
        key = Redacted(try members.decode(String.self, forKey: .key))
        secondaryKey = Redacted(try members.decode(String.self, forKey: .secondaryKey))
        rights = try members.decode([String].self, forKey: .rights)
    }
}
