import AWSIoT
import Model
import TargetCore
import Testing

/// Performs a work against the model, with the journal read anew at every step and with trouble on the way.
struct AWSRun {
    enum Trouble {
        /// The call never arrived, and nobody knows.
        case lostBefore
        /// It arrived, and its answer did not.
        case lostAfter
        case answered(CloudReply)
        /// It arrived, and a failure was answered all the same.
        case failedAfter(CloudReply)
    }

    var aws: AWSModel
    var work: TargetWork
    let target: AWSTarget
    /// By the number of the call, from 0.
    var troubles: [Int: Trouble] = [:]
    var calls = 0

    init(
        _ aws: AWSModel, _ intent: TargetIntent, _ device: TargetDevice, _ settings: AWSSettings,
        troubles: [Int: Trouble] = [:]
    ) {
        self.aws = aws
        self.troubles = troubles
        work = TargetWork(workID: "op-1", intent: intent, device: device)
        target = AWSTarget(
            targetID: TargetID(trusted: "aws"), settings: settings, certificateFacts: FakePEM.facts)
    }

    /// The step that ends the work; `nil` when it does not end within so many steps.
    mutating func end(within limit: Int = 80) throws -> TargetStep? {
        let now = Timestamp(milliseconds: 1_700_000_000_000)
        for _ in 0..<limit {
            work = try CanonicalJSON.decode(TargetWork.self, from: CanonicalJSON.encode(work))
            switch target.step(of: work, at: now) {
            case .call(let call): perform(call)
            case .wait: continue
            case .done(let outcome): return .done(outcome)
            case .refused(let fault): return .refused(fault)
            }
        }
        return nil
    }

    private mutating func perform(_ call: CloudCall) {
        work.willSend(call)
        let trouble = troubles[calls]
        calls += 1
        switch trouble {
        case nil: _ = work.take(target.reading(of: aws.answer(call), to: call, in: work), of: call)
        case .lostBefore: _ = work.loseAnswer(of: call, mayHaveArrived: true, reason: "timeout")
        case .lostAfter:
            _ = aws.answer(call)
            _ = work.loseAnswer(of: call, mayHaveArrived: true, reason: "timeout")
        case .answered(let reply):
            _ = work.take(target.reading(of: reply, to: call, in: work), of: call)
        case .failedAfter(let reply):
            _ = aws.answer(call)
            _ = work.take(target.reading(of: reply, to: call, in: work), of: call)
        }
    }

    static let settings = AWSSettings(
        endpoint: AWSEndpoint(region: "eu-west-1"), accountID: AWSModel.account, thingType: "meter",
        groups: ["meters", "berlin"], policy: "device", billingGroup: "north",
        attributes: ["site": "{site}", "serial": "{serial}"])

    static func device(
        key: String = "key-1", proof: TargetDevice.Proof? = nil, marks: [String: String] = [:]
    ) -> TargetDevice {
        TargetDevice(
            deviceID: DeviceID(trusted: "d-1"), name: "meter-1", tenant: TenantID(trusted: "acme"),
            site: SiteID(trusted: "berlin"), serial: "SN 7", proof: proof ?? .request(FakePEM.request(key)),
            marks: marks)
    }

    static let finalRefusal = AWSModel.refusal(400, "InvalidRequestException")
}
