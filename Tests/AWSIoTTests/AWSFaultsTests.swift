import AWSIoT
import Model
import TargetCore
import Testing

@Suite struct AWSFaultsTests {
    struct Known: Decodable {
        var model: [String: Int]
        var front: [String: Int]
        var all: [String: Int] { model.merging(front) { first, _ in first } }
    }

    private func reply(_ status: Int, header: String? = nil, body: String = "") -> CloudReply {
        CloudReply(
            status: status, headers: header.map { [.init("X-Amzn-Errortype", $0)] } ?? [],
            body: Array(body.utf8))
    }

    private func fault(_ reply: CloudReply) -> TargetFault {
        AWSFaults.fault(AWSError(reply), of: "CreateThing")
    }

    @Test func `every error of the service and its front end has words of its own`() throws {
        let known = try Vectors.decode(Known.self, "faults.json").all
        #expect(known.count >= 40)
        var codes: Set<String> = []
        for (type, status) in known {
            #expect(AWSFaults.known.contains(type), "\(type) has no entry")
            let fault = fault(reply(status, header: "\(type):http://internal.amazon.com/"))
            #expect(fault.theirs == type)
            #expect(codes.insert(fault.code).inserted, "\(fault.code) is said of two")
            #expect(fault.code.hasPrefix("aws_") && fault.code.allSatisfy { $0.isLowercase || $0 == "_" })
            #expect(fault.what.contains("CreateThing was refused") && fault.nextStep.hasSuffix("."))
        }
    }

    @Test func `what AWS calls by misleading numbers and names is told apart`() {
        let throttled = fault(reply(400, header: "ThrottlingException"))
        #expect(throttled.retry == .later)
        let quota = fault(reply(410, header: "LimitExceededException"))
        #expect(quota.retry == .never)
        #expect(fault(reply(409, header: "VersionConflictException")).retry == .rereading)
        #expect(fault(reply(403, header: "ExpiredTokenException")).retry == .afterMending)
        #expect(fault(reply(400, header: "InvalidRequestException")).retry == .never)
    }

    @Test(arguments: [
        #"{"message":"m","__type":"com.amazonaws.iot#ResourceNotFoundException"}"#,
        #"{"Message":"m","code":"ResourceNotFoundException"}"#,
        #"{"Error":{"Code":"ResourceNotFoundException","Message":"m"}}"#,
    ])
    func `the type is found wherever AWS puts it`(_ body: String) {
        let error = AWSError(reply(404, body: body))
        #expect(error.type == "ResourceNotFoundException")
        #expect(error.message == "m")
    }

    @Test func `an unknown error is safe and says so, and shows nothing that steers a terminal`() {
        let odd = fault(reply(418, header: "Teapot\u{1B}[2J", body: #"{"message":"\u001b]0;x"}"#))
        #expect(odd.code == "aws_unknown")
        #expect(odd.retry == .never)
        #expect(odd.nextStep.contains("safe"))
        #expect(!"\(odd)".contains("\u{1B}"))
        #expect(fault(reply(503, body: "<html>")).retry == .later)
        #expect(fault(reply(429)).code == "aws_throttled")
        #expect(fault(reply(403)).retry == .afterMending)
        #expect(fault(reply(301)).code == "aws_redirected")
    }

    @Test func `pauses that AWS asks for are bounded`() {
        func seconds(_ name: String, _ value: String) -> Int? {
            fault(CloudReply(status: 503, headers: [.init(name, value)])).retryAfterSeconds
        }
        #expect(seconds("x-amz-retry-after", "1500") == 2)
        #expect(seconds("Retry-After", "7") == 7)
        #expect(seconds("Retry-After", "99999999") == 900)
        #expect(seconds("Retry-After", "-1") == nil)
        #expect(seconds("Retry-After", "9223372036854775808") == nil)
        #expect(seconds("x-amz-retry-after", "9223372036854775807") == 900)
    }

    @Test func `reasons of this side have codes of their own`() {
        let faults = AWSOwnFault.allCases.map { $0.fault(of: "meter\u{202E}1") }
        #expect(Set(faults.map(\.code)).count == faults.count)
        for fault in faults {
            #expect(fault.what.hasSuffix(".") && fault.nextStep.hasSuffix("."))
            #expect(!fault.what.unicodeScalars.contains("\u{202E}"))
        }
    }
}
