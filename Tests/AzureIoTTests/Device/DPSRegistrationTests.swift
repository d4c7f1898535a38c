import AzureIoT
import Model
import TargetCore
import Testing

/// A device's registration, answer by answer.
@Suite struct DPSRegistrationTests {
    private let start = Timestamp(milliseconds: 1_790_000_000_000)
    private let id = RegistrationID(trusted: "meter-0001")
    private let calls = DPSDeviceCalls(idScope: "0ne00AABBCC")
    private let digests = AzureScenario.digests

    private func registration(_ proof: DPSRegistration.Proof) throws -> DPSRegistration {
        try DPSRegistration(id, calls: calls, proof: proof, at: start, digests)
    }

    private func reply(_ status: Int, _ body: String, retryAfter: Int? = nil) -> CloudReply {
        CloudReply(
            status: status, headers: retryAfter.map { [CloudCall.Field("Retry-After", String($0))] } ?? [],
            body: Array(body.utf8))
    }

    private let assigned = """
        {"operationId":"5.506.x","status":"assigned","registrationState":{"registrationId":"meter-0001",
        "assignedHub":"h.azure-devices.net","deviceId":"meter-0001","status":"assigned",
        "substatus":"initialAssignment","symmetricKey":{"enrollmentGroupId":"site-7"}}}
        """

    @Test func `a device with a certificate registers, asks after the wait it was given, and is assigned`()
        throws
    {
        var registration = try registration(.certificate)
        guard case .send(let call, let authorization) = registration.step(at: start) else {
            Issue.record("nothing to send")
            return
        }
        #expect(call.target == "/0ne00AABBCC/registrations/meter-0001/register?api-version=2021-10-01")
        #expect(authorization == nil)
        registration.take(
            reply(202, #"{"operationId":"5.506.x","status":"assigning"}"#, retryAfter: 4), at: start)
        let later = start.advanced(bySeconds: 4)
        #expect(registration.step(at: start) == .wait(until: later))
        guard case .send(let poll, _) = registration.step(at: later) else {
            Issue.record("no question")
            return
        }
        #expect(poll.path.last == "5.506.x")
        registration.take(reply(200, assigned), at: later)
        guard case .ended(.assigned(let assignment)) = registration.step(at: later) else {
            Issue.record("not assigned")
            return
        }
        #expect(assignment.hub == "h.azure-devices.net")
        #expect(assignment.deviceID == "meter-0001")
        #expect(assignment.group == "site-7")
        #expect(assignment.substatus == .initialAssignment)
    }

    @Test func `a device with a key sends the token that Microsoft's code makes`() throws {
        let file = try Vectors.decode(SharedAccessSignatureTests.File.self, "signatures.json")
        let vector = try #require(file.sas.first { $0.name == "dps-device-register-with-derived-key" })
        let id = try #require(RegistrationID(rawValue: "sn-007-888-abc-mac-a1-b2-c3-d4-e5-f6"))
        let registration = try DPSRegistration(
            id, calls: calls, proof: .symmetricKey(Redacted(vector.key_base64)),
            at: Timestamp(milliseconds: (vector.expiry - 3600) * 1000), digests)
        guard
            case .send(_, let token) = registration.step(
                at: Timestamp(milliseconds: (vector.expiry - 3600) * 1000))
        else {
            Issue.record("nothing to send")
            return
        }
        #expect(token?.unredacted == vector.token)
    }

    private let identity = Attestation.TPMIdentity(endorsementKey: "AToAAQAL", storageRootKey: "AToAAQAL")

    @Test func `a TPM is challenged by 401, proves itself, and gets a second key for its hub`() throws {
        var registration = try registration(.tpm(identity))
        let challenge = #"{"authenticationKey":"\#(TPMChallengeTests.blob)","keyName":"registration"}"#
        registration.take(reply(401, challenge), at: start)
        guard case .prove(let opened, let signature) = registration.step(at: start) else {
            Issue.record("not challenged: \(registration.step(at: start))")
            return
        }
        #expect(opened == (try TPMChallenge(base64: TPMChallengeTests.blob)))
        #expect(signature.stringToSign == "0ne00AABBCC%2Fregistrations%2Fmeter-0001\n1790003600")
        registration.proven(signature: [1, 2, 3])
        guard case .send(let call, let token) = registration.step(at: start) else {
            Issue.record("nothing to send")
            return
        }
        #expect(call.name == "PUT /registrations/{id}/register")
        #expect(token?.unredacted.hasSuffix("&sig=AQID&se=1790003600&skn=registration") == true)
        let hub = assigned.replacing(
            #""symmetricKey":{"enrollmentGroupId":"site-7"}"#,
            with: #""tpm":{"authenticationKey":"\#(TPMChallengeTests.blob)"}"#)
        registration.take(reply(200, hub), at: start)
        guard case .ended(.assigned(let assignment)) = registration.step(at: start) else {
            Issue.record("not assigned")
            return
        }
        #expect(assignment.hubKey == opened)
    }

    @Test func `a 401 after a TPM's proof is a refusal, and so is one without a challenge`() throws {
        var registration = try registration(.tpm(identity))
        registration.take(reply(401, #"{"errorCode":401002,"message":"Unauthorized"}"#), at: start)
        #expect(code(registration) == "azure_device_unauthorized")
        registration = try self.registration(.tpm(identity))
        let challenge = #"{"authenticationKey":"\#(TPMChallengeTests.blob)"}"#
        registration.take(reply(401, challenge), at: start)
        registration.proven(signature: [1])
        registration.take(reply(401, challenge), at: start)
        #expect(code(registration) == "azure_device_unauthorized")
    }

    @Test func `a challenge that cannot be read, and one that cannot be opened, end the registration`() throws
    {
        var registration = try registration(.tpm(identity))
        registration.take(reply(401, #"{"authenticationKey":"AAEC","keyName":"registration"}"#), at: start)
        #expect(code(registration) == "azure_tpm_challenge_form")
        registration = try self.registration(.tpm(identity))
        registration.notProven()
        #expect(code(registration) == "azure_tpm_not_proven")
    }

    private func code(_ registration: DPSRegistration) -> String? {
        guard case .ended(.refused(let fault)) = registration.step(at: start) else { return nil }
        return fault.code
    }

    @Test(arguments: [
        (#"{"status":"disabled"}"#, "azure_device_disabled"),
        (
            #"{"status":"failed","errorCode":400208,"errorMessage":"Hub not specified"}"#,
            "azure_allocation_named_no_hub"
        ),
        (
            #"{"status":"failed","errorCode":401002,"errorMessage":"CA certificate not found."}"#,
            "azure_device_chain_unknown"
        ),
        (#"{"status":"failed"}"#, "azure_registration_failed"),
    ])
    func `a registration that was taken up and failed is told by its cause`(
        _ state: String, _ expected: String
    ) throws {
        var registration = try registration(.certificate)
        registration.take(
            reply(200, #"{"operationId":"o","status":"failed","registrationState":\#(state)}"#), at: start)
        #expect(code(registration) == expected)
    }

    @Test func `throttling and lost answers are waited out, and patience ends`() throws {
        var registration = try registration(.certificate)
        registration.take(reply(429, #"{"errorCode":429001}"#, retryAfter: 20), at: start)
        #expect(registration.step(at: start) == .wait(until: start.advanced(bySeconds: 20)))
        let later = start.advanced(bySeconds: 20)
        registration.loseAnswer(at: later)
        guard case .wait = registration.step(at: later) else {
            Issue.record("no wait")
            return
        }
        #expect(registration.step(at: start.advanced(bySeconds: 60)) == .ended(.unfinished))
    }

    @Test func `a conflict of two registrations is tried again, and so is an operation that was forgotten`()
        throws
    {
        var registration = try registration(.certificate)
        registration.take(reply(409, #"{"errorCode":409203}"#), at: start)
        guard case .wait = registration.step(at: start) else {
            Issue.record("no wait")
            return
        }
        registration.take(reply(202, #"{"operationId":"o","status":"assigning"}"#), at: start)
        registration.take(reply(404, #"{"errorCode":404203}"#), at: start)
        guard case .send(let call, _) = registration.step(at: start.advanced(bySeconds: 40)) else {
            Issue.record("nothing to send")
            return
        }
        #expect(call.name == "PUT /registrations/{id}/register")
    }

    @Test func `answers of any form never end in an assignment to nowhere`() throws {
        for body in ["", "{}", "[]", #"{"status":"assigned"}"#, #"{"status":"wonderful"}"#] {
            for status in [200, 202, 204, 302, 401, 404, 418, 500] {
                var registration = try registration(.certificate)
                registration.take(reply(status, body), at: start)
                if case .ended(.assigned) = registration.step(at: start) { Issue.record("\(status) \(body)") }
            }
        }
    }
}
