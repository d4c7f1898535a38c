import AzureIoT
import Model
import TargetCore
import Testing

/// Which calls of Azure go together, in what form, and what their answers mean for each.
@Suite struct AzureJoiningTests {
    private let service = DPSCalls(apiVersion: "2021-10-01")
    private let hub = HubCalls(host: FakeAzure.hubHost, apiVersion: "2021-04-12")

    private func target(_ name: String) throws -> any Target {
        try #require(AzureScenario.all.first { $0.name == name }).target
    }

    private func entry(_ id: String, keys: Bool = false) -> IndividualEnrollment {
        var attestation = AttestationMechanism(type: .symmetricKey)
        if keys {
            attestation.symmetricKey = AttestationMechanism.SymmetricKeys(
                primaryKey: Self.key, secondaryKey: Self.key)
        }
        return IndividualEnrollment(registrationId: id, attestation: attestation)
    }

    private static let key = Base64.encode([UInt8](repeating: 9, count: 64))

    private func device(_ id: String, _ type: HubAuthenticationType) -> HubDevice {
        HubDevice(
            deviceId: id,
            authentication: HubAuthentication(
                type: type,
                x509Thumbprint: type == .selfSigned
                    ? HubAuthentication.Thumbprints(primaryThumbprint: String(repeating: "A", count: 64))
                    : nil
            ))
    }

    @Test func `calls go together by what becomes of what is there already`() throws {
        let target = try target("own certificate")
        let calls = [
            service.create(entry("a")), service.put(entry("b"), etag: nil),
            service.put(entry("c"), etag: .any), service.put(entry("d"), etag: ETag("v1=")),
            service.put(entry("e"), etag: ETag("\"v2=\"")),
        ]
        let joins = try calls.map { try #require(target.joining(of: $0)) }
        #expect(joins.map(\.entry) == ["a", "b", "c", "d", "e"])
        #expect(joins.allSatisfy { $0.most == 10 })
        #expect(joins[0].row == joins[1].row)
        #expect(joins[3].row == joins[4].row)
        #expect(Set(joins.map(\.row)).count == 3)
    }

    @Test func `what needs its own answer goes alone`() throws {
        let dps = try target("own certificate")
        let id = RegistrationID(trusted: "a")
        for call in [
            service.enrollment(id), service.deleteEnrollment(id, etag: ETag("v")), service.keys(id),
            service.registration(id), service.put(entry("a"), etag: ETag("W/\"v\"")), hub.twin("a"),
            hub.patch(HubTwin(tags: [:]), of: "a"), hub.device("a"),
            // The hub makes its keys and shows them in the answer.
            hub.create(device("a", .sas)),
        ] {
            #expect(dps.joining(of: call) == nil, "\(call.name)")
        }
        var edge = device("a", .selfSigned)
        edge.deviceScope = "ms-azure-iot-edge://e"
        #expect(dps.joining(of: hub.put(edge, etag: nil)) == nil)
    }

    @Test func `a call for many is as specified, and as secret as what it is made of`() throws {
        let dps = try target("own certificate")
        let service = try Specification("service.strict.json")
        for etag in [nil, ETag.any, ETag("v1=")] {
            let calls = ["a", "b"].map {
                self.service.put(entry($0, keys: true), etag: etag, hasKeys: true)
            }
            let joined = try #require(dps.joined(calls))
            #expect(service.faults(of: joined) == [])
            #expect(joined.body.isEmpty && !"\(joined)".contains(Self.key))
            let text = String(decoding: joined.sentBody, as: UTF8.self)
            #expect(text.contains(Self.key))
            #expect(text.contains("\"etag\":\"v1=\"") == (etag == ETag("v1=")))
        }
        let hubSpecification = try Specification("service-2021-04-12.strict.json")
        let mixed = [
            hub.create(device("A", .selfSigned)), hub.put(device("b", .selfSigned), etag: .anyAtHub),
            hub.put(device("c", .selfSigned), etag: ETag("v")), hub.delete("d", etag: .anyAtHub),
            hub.delete("e", etag: ETag("v")),
        ]
        let joins = try mixed.map { try #require(dps.joining(of: $0)) }
        #expect(Set(joins.map(\.row)).count == 1 && joins[0].most == 100)
        let joined = try #require(dps.joined(mixed))
        #expect(hubSpecification.faults(of: joined) == [])
        #expect(joined.repeats == .creating)
        let lines = try CanonicalJSON.decode([HubImportDevice].self, from: joined.sentBody)
        #expect(lines.map(\.id) == ["A", "b", "c", "d", "e"])
        #expect(
            lines.map(\.importMode) == [.create, .update, .updateIfMatchETag, .delete, .deleteIfMatchETag])
        #expect(lines.map(\.eTag) == [nil, nil, "v", nil, "v"])
    }

    @Test func `an entry's error is what the call alone would have been told`() throws {
        let dps = try target("own certificate")
        let calls = ["a", "b", "c"].map { service.create(entry($0)) }
        let result = BulkEnrollmentResult(
            isSuccessful: false,
            errors: [
                .init(registrationId: "B", errorCode: 409_201, errorStatus: "exists"),
                .init(registrationId: "c", errorCode: 7),
                .init(registrationId: "stranger", errorCode: 400_202),
            ])
        let replies = try #require(dps.parted(FakeAzure.json(result), of: calls))
        #expect(replies.map(\.status) == [200, 409, 500])
        #expect(AzureErrorBody(reading: replies[1]) == AzureErrorBody(number: 409_201, message: "exists"))
        #expect(replies[0].body == calls[0].sentBody)
        let devices = [
            hub.create(device("A", .selfSigned)), hub.delete("b", etag: .anyAtHub),
            hub.delete("c", etag: .anyAtHub), hub.create(device("d", .selfSigned)),
        ]
        let hubResult = HubBulkResult(
            isSuccessful: false,
            errors: [
                .init(deviceId: "A", errorCode: "DeviceAlreadyExists"),
                .init(deviceId: "c", errorCode: "DeviceNotFound"), .init(deviceId: "d", errorCode: "NewWord"),
            ])
        let told = try #require(dps.parted(FakeAzure.json(hubResult, status: 400), of: devices))
        #expect(told.map(\.status) == [409, 204, 404, 400])
        #expect(AzureErrorBody(reading: told[2]).name == "DeviceNotFound")
    }

    @Test func `an answer that names nobody is believed of nobody`() throws {
        let dps = try target("own certificate")
        let entries = ["a", "b"].map { service.create(entry($0)) }
        let devices = ["a", "b"].map { hub.create(device($0, .selfSigned)) }
        let nobody = BulkEnrollmentResult(isSuccessful: false)
        #expect(dps.parted(FakeAzure.json(nobody), of: entries) == nil)
        #expect(dps.parted(FakeAzure.json(nobody, status: 400), of: devices) == nil)
        for calls in [entries, devices] {
            // Refused for the sake of one or all: each is to hear for itself.
            #expect(dps.parted(FakeAzure.error(400_004, "no"), of: calls) == nil)
            // Anything else is meant for each.
            for reply in [
                FakeAzure.error(429_001, "slow"), FakeAzure.error(401_002, "key"),
                FakeAzure.error(500_000, "oops"), CloudReply(status: 200, body: Array("<html>".utf8)),
            ] {
                #expect(dps.parted(reply, of: calls) == [reply, reply])
            }
        }
    }
}
