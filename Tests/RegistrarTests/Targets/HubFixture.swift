import AzureIoT
import Credentials
import Foundation
import Model
import Registrar
import RegistrarCore
import TargetCore
import Targets
import TestSupport
import Testing
import Wire

/// A registrar with stand-ins for hubs as its targets, each a service of its own.
struct HubFixture {
    let registrar: RegistrarFixture
    private let key: SealingKeyPair

    /// `now`: where the registrar's clock stands at first.
    init(now: Timestamp = RegistrarWorld.start) async throws {
        registrar = try await RegistrarFixture(now: now)
        key = try SealingKeyPair.generate()
    }

    static func peer(_ name: String) throws -> AzurePeer {
        try AzurePeer(["--retry-after", "0", "--hub-name", "\(name)-hub.azure-devices.net"])
    }

    /// Adds a peer's hub as a target.
    func add(
        _ name: String, _ peer: AzurePeer, proof: IoTHubSettings.Proof = .symmetricKey, downAfter: Int? = nil
    ) async throws {
        let hub = peer.ready.hubs[0]
        let settings = IoTHubSettings(
            host: hub.name, access: .sharedAccess(policy: "iothubowner"), proof: proof, url: hub.url)
        try await registrar.registrar.put(
            TargetID(trusted: name),
            TargetSettings(
                .iotHub(settings), authorities: try String(contentsOfFile: peer.ready.ca, encoding: .utf8),
                downAfterSeconds: downAfter),
            TargetSecrets(["key": try #require(hub.policy("iothubowner")).key]), replacing: false)
    }

    /// The first of these that is up.
    func place(_ names: String...) async throws {
        let targets = names.map(TargetID.init(trusted:))
        let rules = PlacementRules(
            .static, candidates: targets.map { PlacementCandidate($0) }, order: targets)
        #expect(try await registrar.registrar.setPlacementRules(rules).isEmpty)
    }

    func claim(_ serial: String) async throws {
        _ = try registrar.receipt(
            try await registrar.submit(try registrar.operation(registrar.claim(serial), of: serial)))
    }

    /// The operation that lets a claimed device in with a symmetric key.
    func provision(_ serial: String) throws -> FrozenOperation {
        let wish = Attestation.SymmetricKeyWish(sealTo: Base64.encodeURL(try key.publicKey))
        return try registrar.operation(
            .provision(OperationBody.Provision(attestation: .symmetricKey(wish))), of: serial, sequence: 2)
    }

    /// The same with a certificate.
    func certify(_ serial: String) throws -> FrozenOperation {
        let request = try CertificateRequest.create(
            key: try PrivateKey.generate(.p256), commonName: serial)
        return try registrar.operation(
            .provision(OperationBody.Provision(certificateRequest: Base64.encode(request.der))), of: serial,
            sequence: 2)
    }

    /// Sends an operation again and again as a companion does, until there is a receipt or `seconds` have passed.
    func send(_ operation: FrozenOperation, for seconds: Int64) async throws -> OperationResult {
        let end = registrar.world.time.advanced(bySeconds: seconds)
        while true {
            let result = try await registrar.submit(operation)
            guard result.problem?.knownCode == .inProgress, registrar.world.time < end else { return result }
            registrar.world.advance(seconds: Int64(result.problem?.retryAfterSeconds ?? 1))
        }
    }

    /// Where the receipt of an operation says that the device is; `nil` while there is none.
    func place(_ result: OperationResult) throws -> String? {
        guard result.receipt != nil else { return nil }
        return try registrar.receipt(result).target?.target.rawValue
    }

    /// The devices that a hub knows, by name.
    static func devices(_ peer: AzurePeer) throws -> [String] {
        let state = try JSONSerialization.jsonObject(with: Data(try peer.state().utf8)) as? [String: Any]
        let hubs = state?["hubs"] as? [[String: Any]] ?? []
        let devices = hubs.flatMap { $0["devices"] as? [[String: Any]] ?? [] }
        return devices.compactMap { $0["deviceId"] as? String }.sorted()
    }
}
