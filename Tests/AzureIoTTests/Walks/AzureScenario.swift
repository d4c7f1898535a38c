import AzureIoT
import Credentials
import Model
import TargetCore
import Testing

/// One way of entering devices, at the service or at a hub.
struct AzureScenario: CustomTestStringConvertible, Sendable {
    var name: String
    var dps: AzureDPSSettings?
    var hub: IoTHubSettings?
    var proof: TargetDevice.Proof?
    var nextProof: TargetDevice.Proof?
    /// Whether many works are in hand at the target.
    var isInCompany = false

    var testDescription: String { isInCompany ? "\(name) in company" : name }

    var inCompany: AzureScenario {
        var copy = self
        copy.isInCompany = true
        return copy
    }

    static let digests = CloudDigests(
        sha256: Digest.sha256, hmacSHA256: { Digest.hmacSHA256(key: $0, $1) })
    static let oldCertificate = CertificatePEM.text(Array("the old certificate".utf8))
    static let newCertificate = CertificatePEM.text(Array("the new certificate".utf8))
    static let surroundings = AzureSurroundings(
        certificate: { _ in [] },
        freshKey: { label in
            let seed = Digest.hmacSHA256(key: Array("registrar".utf8), Array(label.utf8))
            return Redacted(Base64.encode(seed + seed))
        })

    static func dps(_ enrolment: AzureEnrolment) -> AzureDPSSettings {
        AzureDPSSettings(
            serviceHost: "contoso-dps.azure-devices-provisioning.net", idScope: "0ne00AABBCC",
            access: .sharedAccess(policy: "provisioningserviceowner"), enrolment: enrolment,
            allocation: AzureAllocation(policy: .hashed), reprovisioning: .migrate,
            twin: AzureTwinTemplate(tags: ["site": "{site}", "tenant": "{tenant}"]),
            hubs: [
                AzureHubAccess(host: FakeAzure.hubHost, access: .sharedAccess(policy: "registryReadWrite"))
            ])
    }

    static func hub(_ proof: IoTHubSettings.Proof) -> IoTHubSettings {
        IoTHubSettings(
            host: FakeAzure.hubHost, access: .sharedAccess(policy: "registryReadWrite"), proof: proof,
            twin: AzureTwinTemplate(tags: ["site": "{site}"]))
    }

    static let all: [AzureScenario] = [
        AzureScenario(
            name: "own certificate", dps: dps(AzureEnrolment(proof: .certificate)),
            proof: .certificate(oldCertificate), nextProof: .certificate(newCertificate)),
        AzureScenario(
            name: "authority", dps: dps(AzureEnrolment(proof: .authority, authority: "muster-ca")),
            proof: .certificate(oldCertificate), nextProof: .certificate(newCertificate)),
        AzureScenario(
            name: "TPM", dps: dps(AzureEnrolment(proof: .tpm)),
            proof: .tpm(Attestation.TPMIdentity(endorsementKey: "AToAAQAL"))),
        AzureScenario(
            name: "symmetric key", dps: dps(AzureEnrolment(proof: .symmetricKey)), proof: .symmetricKey),
        AzureScenario(
            name: "group by authority",
            dps: dps(
                AzureEnrolment(proof: .authority, group: "site-7", makesGroup: true, authority: "muster-ca")),
            proof: .certificate(oldCertificate), nextProof: .certificate(newCertificate)),
        AzureScenario(
            name: "group by symmetric key",
            dps: dps(AzureEnrolment(proof: .symmetricKey, group: "site-7", makesGroup: true)),
            proof: .symmetricKey),
        AzureScenario(
            name: "hub by thumbprint", hub: hub(.thumbprint), proof: .certificate(oldCertificate),
            nextProof: .certificate(newCertificate)),
        AzureScenario(
            name: "hub by authority", hub: hub(.authority), proof: .certificate(oldCertificate),
            nextProof: .certificate(newCertificate)),
        AzureScenario(name: "hub by symmetric key", hub: hub(.symmetricKey), proof: .symmetricKey),
    ]

    var target: any Target {
        let id = TargetID(trusted: "cloud")
        if let dps {
            return AzureDPSTarget(
                targetID: id, settings: dps, digests: Self.digests, surroundings: Self.surroundings)
        }
        return IoTHubTarget(
            targetID: id, settings: hub ?? Self.hub(.authority), digests: Self.digests,
            surroundings: Self.surroundings)
    }

    func work(
        _ intent: TargetIntent, marks: [String: String] = [:], device: String = "d-1", tenant: String = "acme"
    ) -> TargetWork {
        var work = TargetWork(
            workID: "work-\(intent.rawValue)", intent: intent,
            device: TargetDevice(
                deviceID: DeviceID(trusted: device), name: "meter-0001", tenant: TenantID(trusted: tenant),
                site: SiteID(trusted: "tromso"), serial: "0001",
                proof: intent == .rotate || intent == .finishRotation ? nextProof ?? proof : proof,
                marks: marks))
        work.isInCompany = isInCompany
        return work
    }

    func performer(_ peer: FakeAzure) -> Performer<FakeAzure> {
        Performer(target: target, peer: peer) { peer, call in peer.answer(call) }
    }

    /// What an intent starts from: the peer, and what is known of the device.
    func start(of intent: TargetIntent) throws -> (peer: FakeAzure, marks: [String: String]) {
        var peer = FakeAzure()
        var marks: [String: String] = [:]
        func advance(_ intent: TargetIntent) throws {
            var performer = performer(peer)
            let end = try performer.perform(work(intent, marks: marks)).end
            guard case .done(let outcome) = end else {
                Issue.record("\(name): \(intent) ended in \(end)")
                return
            }
            peer = performer.peer
            marks = outcome.device?.marks ?? [:]
        }
        if intent == .provision { return (peer, marks) }
        try advance(.provision)
        if dps != nil { peer.register("meter-0001") }
        if intent == .finishRotation { try advance(.rotate) }
        if intent == .enable { try advance(.disable) }
        return (peer, marks)
    }
}

/// An intent in one way of entering devices.
struct AzureWalk: CustomTestStringConvertible, Sendable {
    var scenario: AzureScenario
    var intent: TargetIntent

    var testDescription: String { "\(intent) by \(scenario.testDescription)" }

    static let all =
        AzureScenario.all.flatMap { scenario in
            TargetIntent.allCases.filter { scenario.target.capabilities.intents.contains($0) }
                .map { AzureWalk(scenario: scenario, intent: $0) }
        } + AzureScenario.all.map { AzureWalk(scenario: $0.inCompany, intent: .provision) }
}
