import AzureIoT
import Model
import TargetCore
import Testing

/// Every call has the shape that Microsoft's specifications give it.
@Suite struct ShapeTests {
    private let calls = DPSCalls(apiVersion: "2021-10-01")
    private let id = RegistrationID(trusted: "meter-0001")

    @Test func `every call of every walk, and what the stand-in answers, is as specified`() throws {
        let service = try Specification("service.strict.json")
        let hub = try Specification("service-2021-04-12.strict.json")
        for walk in AzureWalk.all {
            let (peer, marks) = try walk.scenario.start(of: walk.intent)
            var faults: [String] = []
            var performer = Performer(target: walk.scenario.target, peer: peer) { peer, call in
                let specification = call.plane == "dps-service" ? service : hub
                faults += specification.faults(of: call).map { "\(call.name): \($0)" }
                let reply = peer.answer(call)
                faults += specification.faults(of: reply, to: call).map { "answer to \(call.name): \($0)" }
                return reply
            }
            _ = try performer.perform(walk.scenario.work(walk.intent, marks: marks))
            #expect(faults.isEmpty, "\(walk.testDescription): \(faults)")
        }
    }

    @Test func `every call of the service plane is as specified`() throws {
        let specification = try Specification("service.strict.json")
        var entry = IndividualEnrollment(
            registrationId: "meter-0001", attestation: AttestationMechanism(type: .symmetricKey))
        entry.reprovisionPolicy = AzureReprovisioning.reset.policy
        entry.allocationPolicy = .custom
        entry.customAllocationDefinition = CustomAllocationDefinition(
            webhookUrl: "https://f", apiVersion: "1")
        entry.initialTwin = InitialTwin(
            tags: ["site": "7"], properties: InitialTwin.Properties(desired: ["a": "b"]))
        let group = EnrollmentGroup(
            enrollmentGroupId: "g",
            attestation: AttestationMechanism(
                type: .x509,
                x509: AttestationMechanism.X509(caReferences: AttestationMechanism.References(primary: "ca")))
        )
        let page = DPSPage(size: 10, continuation: "more")
        let all = [
            calls.enrollment(id), calls.put(entry, etag: nil), calls.deleteEnrollment(id, etag: .any),
            calls.keys(id),
            calls.queryEnrollments("SELECT * FROM enrollments", page: page),
            calls.bulk(BulkEnrollments(mode: .create, enrollments: [entry])), calls.group("g"),
            calls.put(group, etag: ETag("a")), calls.deleteGroup("g", etag: nil), calls.groupKeys("g"),
            calls.queryGroups("SELECT *"),
            calls.bulk(BulkEnrollmentGroups(mode: .delete, enrollmentGroups: [group])),
            calls.registration(id), calls.deleteRegistration(id),
            calls.registrations(ofGroup: "g", page: page),
        ]
        for call in all {
            #expect(specification.faults(of: call).isEmpty, "\(call.name): \(specification.faults(of: call))")
        }
        #expect(Set(all.map(\.name)).count == all.count)
    }

    @Test func `a call of a wrong shape is told from a right one`() throws {
        let specification = try Specification("service.strict.json")
        var call = calls.enrollment(id)
        call.query = []
        #expect(specification.faults(of: call) == ["api-version is missing"])
        call = calls.put(
            IndividualEnrollment(
                registrationId: "a", attestation: AttestationMechanism(type: "fingerprint")), etag: nil)
        #expect(specification.faults(of: call).count == 1)
        call.body = Array(#"{"registrationId":"a","colour":"red"}"#.utf8)
        #expect(
            specification.faults(of: call).sorted() == [
                "body has an unknown colour", "body lacks attestation",
            ])
        call.path = ["enrolments", "a"]
        #expect(specification.faults(of: call).first?.hasPrefix("no such path") == true)
    }

    @Test func `every call of a hub is as specified`() throws {
        let specification = try Specification("service-2021-04-12.strict.json")
        let calls = HubCalls(host: "h", apiVersion: "2021-04-12")
        let sas = HubAuthentication(type: .sas)
        var line = HubImportDevice(id: "d", importMode: .create, authentication: sas)
        line.tags = ["site": "7"]
        let all = [
            calls.device("d"), calls.put(HubDevice(deviceId: "d", authentication: sas), etag: nil),
            calls.delete("d", etag: .anyAtHub), calls.bulk([line]),
            calls.query("SELECT * FROM devices WHERE tags.site='7'"), calls.twin("d"),
            calls.patch(HubTwin(tags: ["site": "7"], desired: ["a": "b"]), of: "d"),
            calls.replace(HubTwin(tags: [:]), of: "d"), calls.statistics(),
        ]
        for call in all {
            #expect(specification.faults(of: call).isEmpty, "\(call.name): \(specification.faults(of: call))")
        }
    }

    @Test func `every call of a device is as specified`() throws {
        let specification = try Specification("device.strict.json")
        let calls = DPSDeviceCalls(idScope: "0ne00AABBCC")
        let tpm = AttestationMechanism.TPM(endorsementKey: "AToAAQAL", storageRootKey: "AToAAQAL")
        let all = [
            calls.register(DeviceRegistration(registrationId: "a", tpm: tpm, payload: ["model": "m"])),
            calls.status(id, operation: "5.506.x"), calls.lookUp(id),
        ]
        for call in all {
            #expect(specification.faults(of: call).isEmpty, "\(call.name): \(specification.faults(of: call))")
        }
    }

    @Test func `an ETag is put into quotes once, and stars stay as each service writes them`() {
        #expect(ETag("abc").ifMatch.value == "\"abc\"")
        #expect(ETag("\"abc\"").ifMatch.value == "\"abc\"")
        #expect(ETag("W/\"abc\"").ifMatch.value == "W/\"abc\"")
        #expect(ETag("AAAAAAAAAAE=").ifMatch.value == "\"AAAAAAAAAAE=\"")
        #expect(ETag("a\r\nX: 1").ifMatch.value == "\"aX: 1\"")
        #expect(ETag.any.ifMatch.value == "*")
        #expect(ETag.anyAtHub.ifMatch.value == "\"*\"")
    }

    @Test func `names are encoded once in paths`() {
        let call = HubCalls(host: "h", apiVersion: "2021-04-12").device("a b#c")
        #expect(call.target == "/devices/a%20b%23c?api-version=2021-04-12")
    }

    @Test func `a page follows while there is a token`() {
        let page = DPSPage(size: 5)
        let more = CloudReply(status: 200, headers: [CloudCall.Field("X-MS-Continuation", "t")])
        #expect(page.next(after: more) == DPSPage(size: 5, continuation: "t"))
        #expect(page.next(after: CloudReply(status: 200)) == nil)
    }

    @Test func `of a call for many, those that no error names were done`() throws {
        let result = BulkEnrollmentResult(
            isSuccessful: false,
            errors: [BulkEnrollmentResult.Failure(registrationId: "B", errorCode: 409_201)])
        #expect(result.done(of: ["a", "b", "c"]) == ["a", "c"])
        #expect(BulkEnrollmentResult(isSuccessful: false).done(of: ["a"]).isEmpty)
        let hub = HubBulkResult(
            isSuccessful: false,
            errors: [HubBulkResult.Failure(deviceId: "B", errorCode: "DeviceAlreadyExists")])
        #expect(hub.done(of: ["a", "b", "B"]) == ["a", "b"])
    }
}
