import AWSIoT
import AzureIoT
import Credentials
import HTTPClient
package import Model
package import TargetCore

/// What targets take from the registrar and its surroundings.
package struct TargetSurroundings: Sendable {
    /// The environment, for programs that make tokens and for credentials that lie there.
    package var variables: [String: String]
    /// Mixed into keys that are made for devices; known to the registrar alone.
    package var keySeed: Redacted<[UInt8]>

    package init(variables: [String: String], keySeed: Redacted<[UInt8]>) {
        self.variables = variables
        self.keySeed = keySeed
    }
}

extension TargetConnection {
    /// - Throws: `TargetError`, or what is wrong with the settings in their own words.
    package init(
        _ id: TargetID, _ settings: TargetSettings, secrets: TargetSecrets,
        _ surroundings: TargetSurroundings
    ) throws {
        let client = try HTTPClient(
            trust: settings.authorities.map { .authorities($0) } ?? .systemStore,
            allowsPlain: try Self.isOnThisMachine(id, settings))
        switch settings.cloud {
        case .azureDPS(let azure):
            try azure.check()
            self.init(
                target: AzureDPSTarget(
                    targetID: id, settings: azure, digests: .system, surroundings: Self.azure(surroundings)),
                limits: AzureLimits.limits(of: azure), account: "azure/\(azure.serviceHost)",
                settings: settings,
                signer: AzureSigner(
                    target: id, secrets: secrets, variables: surroundings.variables, reach: azure.reach(of:)),
                client: client)
        case .iotHub(let hub):
            try hub.check()
            self.init(
                target: IoTHubTarget(
                    targetID: id, settings: hub, digests: .system, surroundings: Self.azure(surroundings)),
                limits: AzureLimits.limits(of: hub), account: "azure/\(hub.host)",
                settings: settings,
                signer: AzureSigner(
                    target: id, secrets: secrets, variables: surroundings.variables, reach: hub.reach(of:)),
                client: client)
        case .aws(let aws):
            self.init(
                target: AWSTarget(targetID: id, settings: aws, certificateFacts: Self.facts),
                limits: AWSLimits.all, account: "aws/\(aws.accountID)/\(aws.endpoint.region)",
                settings: settings,
                signer: AWSSigner(
                    target: id, endpoint: aws.endpoint, secrets: secrets, variables: surroundings.variables),
                client: client)
        }
    }

    /// Whether calls may go without TLS: to a stand-in on this machine, and to nothing else. Azure's settings say so themselves.
    private static func isOnThisMachine(
        _ id: TargetID, _ settings: TargetSettings
    ) throws(TargetError) -> Bool {
        guard case .aws(let aws) = settings.cloud else { return true }
        let address = aws.endpoint.address(of: .iot)
        if address.hasPrefix("https://") { return false }
        let places = ["http://127.0.0.1", "http://localhost", "http://[::1]"]
        guard places.contains(where: { address == $0 || address.hasPrefix($0 + ":") }) else {
            throw .settings(target: id, reason: "its address must start with https://")
        }
        return true
    }

    /// What the rules need to know of the target.
    package var summary: TargetSummary {
        TargetSummary(
            targetID: target.targetID, kind: target.kind,
            proofs: TargetCapabilities.Proof.allCases.filter(target.capabilities.proofs.contains),
            rotates: target.capabilities.intents.contains(.rotate))
    }

    private static func azure(_ surroundings: TargetSurroundings) -> AzureSurroundings {
        let seed = surroundings.keySeed
        return AzureSurroundings(
            certificate: facts,
            freshKey: { label in
                let halves = (0..<2).flatMap { half in
                    Digest.hmacSHA256(
                        key: seed.unredacted, Array("muster device key \(half)\0\(label)".utf8))
                }
                return Redacted(Base64.encode(halves))
            })
    }

    /// What certificates and requests of a PEM text say; empty when it cannot be read.
    private static let facts: @Sendable (String) -> [CertificateFacts] = { pem in
        (try? CertificateFile(Array(pem.utf8)).facts().items) ?? []
    }
}
