import AzureIoT
import Model
import TargetCore
import Testing

/// What a hub would refuse.
@Suite struct TwinAndHubFindingTests {
    private func codes(
        tags: [String: JSONValue] = [:], desired: [String: JSONValue] = [:], name: String = "Meter-0001",
        proof: IoTHubSettings.Proof = .symmetricKey, device: TargetDevice.Proof = .symmetricKey,
        chain: [CertificateFacts] = [], intent: TargetIntent = .provision, marks: [String: String] = [:]
    ) -> [String] {
        var settings = AzureScenario.hub(proof)
        settings.twin = AzureTwinTemplate(tags: tags, desired: desired)
        let target = IoTHubTarget(
            targetID: TargetID(trusted: "hub"), settings: settings, digests: AzureScenario.digests,
            surroundings: AzureSurroundings(certificate: { _ in chain }, freshKey: { _ in Redacted("") }))
        let work = TargetWork(
            workID: "w", intent: intent,
            device: TargetDevice(
                deviceID: DeviceID(trusted: "d-1"), name: name, tenant: TenantID(trusted: "acme"),
                proof: device,
                marks: marks))
        return target.findings(in: work, at: HiddenCauseTests.now).map(\.code)
    }

    @Test func `tags that a twin does not hold`() {
        #expect(codes(tags: ["site": "7", "numbers": .list([.integer(1), .number(0.5), .null])]) == [])
        #expect(codes(tags: ["a.b": "7"]) == ["azure_twin_form"])
        #expect(codes(tags: ["$a": "7"]) == ["azure_twin_form"])
        #expect(codes(tags: ["a b": "7"]) == ["azure_twin_form"])
        #expect(codes(tags: ["a": .text(String(repeating: "x", count: 4097))]) == ["azure_twin_form"])
        #expect(codes(tags: ["a": .integer(.max)]) == ["azure_twin_form"])
        let many = Dictionary(
            uniqueKeysWithValues: (0..<9).map {
                ("t\($0)", JSONValue.text(String(repeating: "x", count: 1000)))
            })
        #expect(codes(tags: many) == ["azure_twin_too_large"])
        #expect(codes(desired: many) == [])
        let deep = (0..<12).reduce(JSONValue.text("x")) { inner, _ in .object(["a": inner]) }
        #expect(codes(desired: ["a": deep]) == ["azure_twin_form"])
    }

    @Test func `names keep their case, and the certificate must too`() {
        let leaf = HiddenCauseTests.certificate("meter-0001", by: "Issuing", 1)
        let pem = TargetDevice.Proof.certificate(AzureScenario.oldCertificate)
        #expect(codes(proof: .thumbprint, device: pem, chain: [leaf]) == ["azure_common_name_differs"])
        #expect(codes(name: "meter-0001", proof: .thumbprint, device: pem, chain: [leaf]) == [])
        #expect(
            codes(
                name: "meter-0001", proof: .thumbprint, device: pem, chain: [leaf], intent: .rotate,
                marks: [AzureMark.certificate: AzureScenario.oldCertificate]) == ["azure_rotation_repeats"])
        #expect(codes(proof: .thumbprint) == ["azure_proof_missing"])
        #expect(codes(name: "a b") == ["azure_hub_device_id_characters"])
        #expect(codes(tags: ["a.b": "7"], intent: .disable) == [])
    }
}
