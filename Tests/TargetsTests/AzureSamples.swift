import AzureIoT
import Foundation
import Model
import Targets
import TestSupport

/// Settings of the stand-in for Azure, and what it holds.
enum AzureSamples {
    static func settings(
        _ way: TargetBench.Way, _ ready: AzureReady
    ) throws -> (TargetSettings, TargetSecrets) {
        let authorities = try String(contentsOfFile: ready.ca, encoding: .utf8)
        let hub = ready.hubs[0]
        let owner = AzureAccess.sharedAccess(policy: "iothubowner")
        var secrets = ["key": try key(ready.dps, "provisioningserviceowner")]
        for hub in ready.hubs { secrets["key." + hub.name] = try key(hub, "iothubowner") }
        let proof: AzureEnrolment
        switch way {
        case .hubThumbprint, .hubSymmetricKey:
            let settings = IoTHubSettings(
                host: hub.name, access: owner,
                proof: way == .hubThumbprint ? .thumbprint : .symmetricKey, url: hub.url)
            return (
                TargetSettings(.iotHub(settings), authorities: authorities),
                TargetSecrets(["key": try key(hub, "iothubowner")])
            )
        case .dpsSymmetricKey: proof = AzureEnrolment(proof: .symmetricKey)
        case .dpsGroupKey:
            proof = AzureEnrolment(proof: .symmetricKey, group: "meters", makesGroup: true)
        case .dpsTPM: proof = AzureEnrolment(proof: .tpm)
        default: proof = AzureEnrolment(proof: .certificate)
        }
        let settings = AzureDPSSettings(
            serviceHost: ready.dps.name, idScope: ready.device.idScope,
            access: .sharedAccess(policy: "provisioningserviceowner"), enrolment: proof,
            hubs: ready.hubs.map { AzureHubAccess(host: $0.name, access: owner, url: $0.url) },
            serviceURL: ready.dps.url, deviceURL: ready.device.url)
        return (TargetSettings(.azureDPS(settings), authorities: authorities), TargetSecrets(secrets))
    }

    private static func key(_ service: AzureService, _ policy: String) throws -> Redacted<String> {
        guard let policy = service.policy(policy) else {
            throw ProgramFailure(description: "\(service.name) has no policy \(policy)")
        }
        return policy.key
    }

    /// A TPM's identity that is no TPM's: RSA 2048 by the default template of the TCG, its number in its key.
    static func tpm(_ number: Int) -> Attestation.TPMIdentity {
        let policy = "837197674484b3f81a90cc8d46a5d724fd52d76e06520b64f2a1da1b331469aa"
        let head = "013a0001000b000300b20020" + policy + "00060080004300100800000000000100"
        let modulus = [0xC1] + (1..<255).map { UInt8(($0 * 7 + number) % 256) } + [0x01]
        return Attestation.TPMIdentity(
            endorsementKey: Base64.encode((Hexadecimal.decode(head) ?? []) + modulus))
    }

    /// How many entries, groups, records and hub devices there are.
    static func holdings(_ state: String) throws -> [String: Int] {
        let state = try JSONSerialization.jsonObject(with: Data(state.utf8)) as? [String: Any] ?? [:]
        func count(_ value: Any?) -> Int { (value as? [Any])?.count ?? 0 }
        let hubs = state["hubs"] as? [[String: Any]] ?? []
        return [
            "enrollments": count(state["enrollments"]), "groups": count(state["enrollmentGroups"]),
            "registrations": count(state["registrations"]),
            "devices": hubs.map { count($0["devices"]) }.reduce(0, +),
        ]
    }
}
