import AzureIoT
import Model
import TargetCore
import Testing

/// Settings as an administrator writes them.
@Suite struct AzureSettingsTests {
    private let least = #"""
        {"serviceHost":"contoso-dps.azure-devices-provisioning.net","idScope":"0ne00AABBCC",
        "access":{"sharedAccess":{"policy":"p"}},"enrolment":{"proof":"symmetricKey"}}
        """#

    private func settings(_ text: String) throws -> AzureDPSSettings {
        try CanonicalJSON.decode(AzureDPSSettings.self, from: Array(text.utf8))
    }

    @Test func `a few words are enough, and what is absent is Azure's public cloud`() throws {
        let settings = try settings(least)
        try settings.check()
        #expect(settings.deviceHost == "global.azure-devices-provisioning.net")
        #expect(
            settings.apiVersions
                == AzureAPIVersions(service: "2021-10-01", device: "2021-10-01", hub: "2021-04-12"))
        #expect(settings.deviceEndpoint == "https://global.azure-devices-provisioning.net/0ne00AABBCC")
        let again = try CanonicalJSON.decode(AzureDPSSettings.self, from: CanonicalJSON.encode(settings))
        #expect(again == settings)
    }

    @Test func `what must hold of settings is said of each`() throws {
        func fault(_ change: (inout AzureDPSSettings) -> Void) throws -> AzureSettingsFault? {
            var changed = try settings(least)
            change(&changed)
            do {
                try changed.check()
                return nil
            } catch {
                return error
            }
        }
        #expect(
            try fault { $0.serviceHost = "https://x/" } == .host(field: "serviceHost", value: "https://x/"))
        #expect(
            try fault { $0.serviceURL = "http://example.com" }
                == .url(field: "serviceURL", value: "http://example.com"))
        #expect(try fault { $0.serviceURL = "http://127.0.0.1:8443" } == nil)
        #expect(try fault { $0.serviceURL = "http://127.0.0.1.evil.example" } != nil)
        #expect(try fault { $0.idScope = "0ne/../x" } == .idScope("0ne/../x"))
        #expect(try fault { $0.enrolment = AzureEnrolment(proof: .tpm, group: "g") } == .groupProof(.tpm))
        #expect(try fault { $0.enrolment = AzureEnrolment(proof: .authority) } == .authorityMissing)
        #expect(
            try fault { $0.enrolment = AzureEnrolment(proof: .symmetricKey, group: "G/7") }
                == .groupName("G/7"))
        #expect(try fault { $0.allocation.policy = .custom } == .webhookMissing)
        #expect(
            try fault {
                $0.allocation.webhook = CustomAllocationDefinition(webhookUrl: "https://f", apiVersion: "1")
            }
                == .webhookUnused)
        #expect(try fault { $0.hubs = [AzureHubAccess(host: "a b", access: .bearerFile("f"))] } != nil)
        let all: [AzureSettingsFault] = [
            .host(field: "f", value: "v"), .url(field: "f", value: "v"), .idScope("x"), .groupProof(.tpm),
            .authorityMissing,
            .webhookMissing, .webhookUnused, .groupName("x"),
        ]
        #expect(Set(all.map(\.explanation.id)).count == all.count)
    }

    @Test func `a call goes to a hub that is named, and to no other`() throws {
        var settings = try settings(least)
        settings.hubs = [
            AzureHubAccess(
                host: "a.azure-devices.net", access: .bearerFile("f"), url: "https://127.0.0.1:8443")
        ]
        let near = HubCalls(host: "A.azure-devices.net", apiVersion: "1").device("d")
        #expect(settings.reach(of: near)?.url == "https://127.0.0.1:8443")
        #expect(settings.reach(of: near)?.host == "a.azure-devices.net")
        #expect(settings.reach(of: HubCalls(host: "evil.example", apiVersion: "1").device("d")) == nil)
        #expect(settings.reach(of: DPSDeviceCalls(idScope: "x").lookUp(RegistrationID(trusted: "a"))) == nil)
        let service = DPSCalls(apiVersion: "1").group("g")
        #expect(settings.reach(of: service)?.url == "https://contoso-dps.azure-devices-provisioning.net")
    }

    @Test func `names are lowered, and refused when a character is none of theirs`() {
        #expect(RegistrationID(lowering: "METER-0001")?.rawValue == "meter-0001")
        for name in ["", "a b", "ü", "a_", "a/b", String(repeating: "a", count: 129)] {
            #expect(RegistrationID(lowering: name) == nil, "\(name)")
        }
        #expect(RegistrationID(lowering: "a:b.c_d-")?.rawValue == "a:b.c_d-")
        #expect(HubDeviceID(rawValue: "Meter-0001")?.rawValue == "Meter-0001")
        #expect(HubDeviceID(rawValue: "a b") == nil)
    }

    @Test func `times of Azure are read, and the year one is never`() {
        #expect(AzureTime.read("2026-09-01T08:00:00.1234567Z") == Timestamp("2026-09-01T08:00:00.123Z"))
        #expect(AzureTime.read("2026-09-01T08:00:00") == Timestamp("2026-09-01T08:00:00.000Z"))
        #expect(AzureTime.read("2026-09-01T08:00:00+00:00") == Timestamp("2026-09-01T08:00:00.000Z"))
        for text in ["0001-01-01T00:00:00Z", "", "yesterday", nil] { #expect(AzureTime.read(text) == nil) }
    }
}
