import AWSIoT
import Model
import TargetCore
import Testing

/// Authorities and bulk tasks, whose answers are lost too.
@Suite struct AWSRegistrationTests {
    private func fine(_ json: String) -> CloudReply { CloudReply(status: 200, body: Array(json.utf8)) }

    @Test func `an authority proves its key by a certificate that somebody else signs`() throws {
        var registration = AuthorityRegistration(authorityPEM: "CA", registersItself: true)
        guard case .call(let ask) = registration.step else { throw Broken() }
        #expect(ask.name == "GetRegistrationCode")
        registration.take(fine(#"{"registrationCode":"c0de"}"#), of: ask)
        #expect(registration.step == .signCode("c0de"))
        registration.verification = "V"
        let text = try CanonicalJSON.text(registration)
        registration = try CanonicalJSON.decode(AuthorityRegistration.self, from: Array(text.utf8))
        guard case .call(let register) = registration.step else { throw Broken() }
        #expect(String(decoding: register.body, as: UTF8.self).contains(#""certificateMode":"DEFAULT""#))
        // A code of another day: it is asked again.
        let stale = registration.take(
            AWSModel.refusal(400, "RegistrationCodeValidationException"), of: register)
        #expect(stale?.code == "aws_registration_code")
        #expect(registration.step == .call(ask))
        registration.take(fine(#"{"registrationCode":"new"}"#), of: ask)
        registration.verification = "W"
        // Its answer was lost, so that it is there already.
        registration.take(
            AWSModel.refusal(409, "ResourceAlreadyExistsException", extra: #","resourceId":"ca-1""#),
            of: register)
        #expect(registration.step == .done(certificateID: "ca-1"))
    }
    struct Broken: Error {}

    @Test func `an authority known by name only needs no proof`() throws {
        var registration = AuthorityRegistration(authorityPEM: "CA", isByNameOnly: true)
        guard case .call(let register) = registration.step else { throw Broken() }
        #expect(String(decoding: register.body, as: UTF8.self).contains(#""certificateMode":"SNI_ONLY""#))
        let throttled = registration.take(AWSModel.refusal(400, "ThrottlingException"), of: register)
        #expect(throttled?.retry == .later)
        #expect(registration.step == .call(register))
        let refusal = registration.take(AWSModel.refusal(410, "LimitExceededException"), of: register)
        #expect(registration.step == .refused(try #require(refusal)))
    }

    @Test func `a bulk file has one device a line`() {
        let lines = BulkRegistration.lines([["b": "2\n", "a": "1"], ["a": "é"]])
        #expect(lines == #"{"a":"1","b":"2\n"}"# + "\n" + #"{"a":"é"}"# + "\n")
    }

    @Test func `a task is started, watched and its errors are read`() throws {
        var bulk = BulkRegistration(template: "{}", bucket: "b", key: "k", role: "r")
        guard case .call(let begin) = bulk.step else { throw Broken() }
        bulk.willSend(begin)
        bulk.take(fine(#"{"taskId":"t1"}"#), of: begin)
        guard case .call(let watch) = bulk.step else { throw Broken() }
        bulk.take(fine(#"{"taskId":"t1","status":"InProgress","percentageProgress":40}"#), of: watch)
        #expect(bulk.pause == .wait(seconds: 15, reason: "40 % of the task are done."))
        #expect(bulk.step == .call(watch))
        bulk.take(fine(#"{"taskId":"t1","status":"Completed","successCount":9,"failureCount":1}"#), of: watch)
        #expect(bulk.pause == nil)
        guard case .call(let reports) = bulk.step else { throw Broken() }
        bulk.take(fine(#"{"resourceLinks":["https://x"]}"#), of: reports)
        #expect(bulk.step == .done(succeeded: 9, failed: 1, errorReports: ["https://x"]))
    }

    @Test func `a task whose start was not answered is found by its file, and not started twice`() throws {
        var bulk = BulkRegistration(template: "{}", bucket: "b", key: "k", role: "r")
        guard case .call(let begin) = bulk.step else { throw Broken() }
        bulk.willSend(begin)
        bulk = try CanonicalJSON.decode(BulkRegistration.self, from: CanonicalJSON.encode(bulk))
        guard case .call(let list) = bulk.step else { throw Broken() }
        #expect(list.name == "ListThingRegistrationTasks")
        bulk.take(fine(#"{"taskIds":["t0","t1"]}"#), of: list)
        for (id, key) in [("t0", "other"), ("t1", "k")] {
            guard case .call(let describe) = bulk.step else { throw Broken() }
            #expect(describe.path.last == id)
            bulk.take(
                fine(#"{"taskId":"\#(id)","inputFileKey":"\#(key)","status":"InProgress"}"#), of: describe)
        }
        #expect(bulk.taskID == "t1")
        var none = BulkRegistration(template: "{}", bucket: "b", key: "k", role: "r")
        none.willSend(begin)
        none.take(fine(#"{"taskIds":[]}"#), of: list)
        #expect(none.step == .call(begin))
    }
}
