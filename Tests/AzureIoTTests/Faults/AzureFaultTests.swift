import AzureIoT
import Model
import TargetCore
import Testing

/// Every code of Azure's that is known has words of its own; every other is safe.
@Suite struct AzureFaultTests {
    struct Codes: Decodable {
        var dps: [Int]
        var dpsStatuses: [Int]
        var hub: [String: String]
        var hubStatuses: [Int]
    }

    struct Refusal: Decodable {
        var name: String
        var plane: String
        var status: Int
        var body: JSONValue
        var expect: String
    }

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    @Test func `every code of the provisioning service has words of its own`() throws {
        let codes = try Vectors.decode(Codes.self, "codes.json")
        var seen: [String: Int] = [:]
        for number in codes.dps {
            let reply = CloudReply(
                status: number / 1000, body: bytes(#"{"errorCode":\#(number),"message":"m"}"#))
            let fault = AzureFaults.read(reply, plane: .dpsService)
            #expect(fault.code != "azure_refused" && fault.code != "azure_answer_unknown", "\(number)")
            #expect(fault.theirs == String(number))
            #expect(seen.updateValue(number, forKey: fault.code) == nil, "\(fault.code) stands for two codes")
        }
        for status in codes.dpsStatuses {
            let fault = AzureFaults.read(CloudReply(status: status), plane: .dpsService)
            #expect(DPSCodes.all.contains { $0.code == fault.code }, "\(status)")
        }
    }

    @Test func `every code of a hub has words of its own, by number and by name`() throws {
        let codes = try Vectors.decode(Codes.self, "codes.json")
        var seen: Set<String> = []
        let plane = AzurePlane.iotHub(host: "h")
        for (number, name) in codes.hub {
            let status = (Int(number) ?? 0) / 1000
            let numbered = AzureFaults.read(
                CloudReply(status: status, body: bytes(#"{"errorCode":\#(number)}"#)), plane: plane)
            let named = AzureFaults.read(
                CloudReply(status: status, body: bytes(#"{"Message":"ErrorCode:\#(name);x"}"#)), plane: plane)
            let header = AzureFaults.read(
                CloudReply(status: status, headers: [CloudCall.Field("iothub-errorcode", name)]), plane: plane
            )
            #expect(numbered.code != "azure_refused" && numbered.code != "azure_answer_unknown", "\(number)")
            #expect(named.code == numbered.code)
            #expect(header.code == numbered.code)
            #expect(seen.insert(numbered.code).inserted)
        }
        for status in codes.hubStatuses {
            let fault = AzureFaults.read(CloudReply(status: status), plane: plane)
            #expect(HubCodes.all.contains { $0.code == fault.code }, "\(status)")
        }
    }

    @Test func `every known code says what failed and what to do`() {
        for known in DPSCodes.all + HubCodes.all + DeviceCodes.messages.map(\.meaning) {
            #expect(known.code.hasPrefix("azure_"))
            #expect(known.what.count > 20 && !known.what.hasSuffix("."), "\(known.code)")
            #expect(known.nextStep.hasSuffix("."), "\(known.code)")
        }
        #expect(
            Set((DPSCodes.all + HubCodes.all).map(\.code)).count == DPSCodes.all.count + HubCodes.all.count)
    }

    @Test func `refusals that people have reported are told by their causes`() throws {
        for refusal in try Vectors.decode([Refusal].self, "refusals.json") {
            let body = try CanonicalJSON.encode(refusal.body)
            let fault: TargetFault?
            if refusal.plane == "state" {
                fault = AzureFaults.of(try CanonicalJSON.decode(DeviceRegistrationState.self, from: body))
            } else {
                let plane: AzurePlane =
                    refusal.plane == "hub"
                    ? .iotHub(host: "h") : refusal.plane == "device" ? .dpsDevice : .dpsService
                fault = AzureFaults.read(CloudReply(status: refusal.status, body: body), plane: plane)
            }
            #expect(fault?.code == refusal.expect, "\(refusal.name)")
        }
    }

    @Test func `a code that nobody knows is safe and says so`() {
        let reply = CloudReply(
            status: 400, headers: [CloudCall.Field("x-ms-request-id", "r-1")],
            body: bytes(#"{"errorCode":400999,"message":"Something \u001b[31mnew"}"#))
        let fault = AzureFaults.read(reply, plane: .dpsService)
        #expect(fault.code == "azure_refused")
        #expect(fault.retry == .never)
        #expect(fault.theirs == "400999")
        #expect(fault.requestID == "r-1")
        #expect(fault.what.contains("␛[31mnew"))
    }

    @Test func `rights that are lacking in a way that nobody knows can still be mended`() {
        for (status, retry) in [
            (401, TargetFault.Retry.afterMending), (403, .afterMending), (409, .rereading),
        ] {
            let reply = CloudReply(status: status, body: bytes(#"{"errorCode":\#(status)999,"message":"m"}"#))
            #expect(AzureFaults.read(reply, plane: .iotHub(host: "h")).retry == retry)
        }
    }

    @Test func `a page of something in between is never taken for an answer`() {
        for status in [301, 403, 404, 511] {
            let reply = CloudReply(status: status, body: bytes("<html>Please sign in</html>"))
            let fault = AzureFaults.read(reply, plane: .dpsService)
            #expect(fault.retry == .later, "\(status)")
        }
    }

    @Test func `a wait that is asked for is honoured, within reason`() {
        func wait(_ text: String) -> Int? {
            let reply = CloudReply(status: 429, headers: [CloudCall.Field("retry-after", text)])
            return AzureFaults.read(reply, plane: .dpsService).retryAfterSeconds
        }
        #expect(wait("7") == 7)
        #expect(wait("99999999") == 3600)
        #expect(wait("-1") == nil)
        #expect(wait("soon") == nil)
    }

    @Test func `bodies of any form are read without harm`() {
        let forms = [
            "", "null", "[]", "7", #"{"errorCode":"x"}"#, #"{"errorCode":-1}"#, #"{"Message":7}"#,
            #"{"Message":"ErrorCode:"}"#, #"{"Message":"{\"Message\":\"{}\"}"}"#, #"{"errorCode":1e99}"#,
            String(repeating: "[", count: 5000),
        ]
        for form in forms {
            for status in [200, 400, 401, 404, 409, 412, 429, 500, 999] {
                for plane in [AzurePlane.dpsService, .dpsDevice, .iotHub(host: "h")] {
                    let fault = AzureFaults.read(CloudReply(status: status, body: bytes(form)), plane: plane)
                    #expect(!fault.what.isEmpty)
                }
            }
        }
    }
}
