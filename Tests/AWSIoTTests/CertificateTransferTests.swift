import AWSIoT
import Model
import TargetCore
import Testing

@Suite struct CertificateTransferTests {
    private let fine = CloudReply(status: 200)
    private let sides = [
        "UpdateCertificate source", "DetachThingPrincipal source", "DetachPolicy source",
        "TransferCertificate source", "AcceptCertificateTransfer destination",
    ]

    private func transfer() throws -> CertificateTransfer {
        try #require(
            CertificateTransfer(
                certificateARN: AWSCallsTests.arn, thingName: "meter-1", policy: "device", exclusively: true,
                destinationAccount: "210987654321"))
    }

    /// The calls that are made when the one of that number is answered otherwise.
    private func walk(_ number: Int? = nil, _ reply: CloudReply? = nil) throws -> (
        [String], CertificateTransfer.Step
    ) {
        var transfer = try transfer()
        var calls: [String] = []
        for count in 0..<20 {
            transfer = try CanonicalJSON.decode(
                CertificateTransfer.self, from: CanonicalJSON.encode(transfer))
            guard case .call(let call, let side) = transfer.step else { break }
            calls.append("\(call.name) \(side)")
            transfer.willSend(call)
            transfer.take(count == number ? reply ?? fine : fine, of: call)
        }
        return (calls, transfer.step)
    }

    @Test func `it is detached, handed over and accepted by the other account`() throws {
        let (calls, end) = try walk()
        #expect(calls == sides)
        #expect(end == .done)
    }

    @Test func `what was lost or throttled is asked again`() throws {
        let (calls, end) = try walk(3, AWSModel.refusal(400, "ThrottlingException"))
        #expect(calls == sides.prefix(4) + sides.suffix(2))
        #expect(end == .done)
        #expect(try walk(3, AWSModel.refusal(409, "TransferConflictException")).1 == .done)
        #expect(try walk(4, AWSModel.refusal(410, "TransferAlreadyCompletedException")).1 == .done)
    }

    @Test func `one that was asked for and not answered is taken for under way, in AWS's own words`() throws {
        var transfer = try transfer()
        for count in 0..<20 {
            guard case .call(let call, _) = transfer.step else { break }
            transfer.willSend(call)
            // The answer to the first asking is lost.
            if count == 3 { continue }
            transfer.take(
                count == 4 ? AWSModel.refusal(406, "CertificateStateException") : fine, of: call)
        }
        #expect(transfer.step == .done)
        let first = try walk(3, AWSModel.refusal(406, "CertificateStateException")).1
        #expect(first != .done, "the first asking is refused for real")
    }

    @Test func `a refusal restores what the source had`() throws {
        let back = ["AttachPolicy source", "AttachThingPrincipal source", "UpdateCertificate source"]
        for number in 0..<5 {
            let (calls, end) = try walk(number, AWSRun.finalRefusal)
            let cancels = number >= 3 ? ["CancelCertificateTransfer source"] : []
            #expect(calls == sides.prefix(number + 1) + cancels + back)
            guard case .refused(let fault) = end else {
                Issue.record("it was not refused at \(number)")
                continue
            }
            #expect(fault.code == "aws_request")
        }
    }
}
