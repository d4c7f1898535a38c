import AzureIoT
import Model
import TargetCore
import Testing

/// Performs a work against a peer as the registrar does, with a disturbance at one of its calls.
struct Performer<Peer: Equatable> {
    enum Disturbance: CaseIterable, Sendable {
        /// Cut off after the journal was written and before anything was sent.
        case cutBeforeSending
        /// Cut off after the call had its effect.
        case cutBeforeAnswer
        /// Cut off after the answer was taken.
        case cutAfterAnswer
        /// No answer came, and the call was never seen.
        case answerLostBefore
        /// No answer came, and the call had its effect.
        case answerLostAfter
        case throttled, serverError, changedMeanwhile
        /// A page of something in between, with status 200.
        case strangePage
        /// A page of something in between, with status 404: not Azure's word that anything is absent.
        case strangeAbsence
    }

    var target: any Target
    var peer: Peer
    var answer: (inout Peer, CloudCall) -> CloudReply
    var now = Timestamp(milliseconds: 1_790_000_000_000)
    /// Names of all calls, in order.
    var calls: [String] = []
    var faults: [TargetFault] = []

    enum End: Equatable {
        case done(TargetOutcome)
        case refused(TargetFault, leftovers: [String])
    }

    /// Performs a work to its end. The call of that number, from 0, is disturbed, or gets an answer in place of the
    /// peer's.
    mutating func perform(
        _ start: TargetWork, _ disturbance: Disturbance? = nil, at: Int = 0, replaced: CloudReply? = nil
    ) throws -> (end: End, work: TargetWork) {
        var work = start
        for _ in 0..<80 {
            switch target.step(of: work, at: now) {
            case .done(let outcome): return (.done(outcome), work)
            case .refused(let fault): return (.refused(fault, leftovers: work.leftovers), work)
            case .wait: continue
            case .call(let call):
                let isDisturbed = calls.count == at
                calls.append(call.name)
                work.willSend(call)
                try make(call, &work, isDisturbed ? disturbance : nil, isDisturbed ? replaced : nil)
            }
        }
        Issue.record("the work did not end: \(calls)")
        return (.refused(faults.last ?? .unended, leftovers: []), work)
    }

    private mutating func make(
        _ call: CloudCall, _ work: inout TargetWork, _ disturbance: Disturbance?, _ replaced: CloudReply?
    ) throws {
        switch disturbance {
        case .cutBeforeSending:
            work = try recalled(work)
            return
        case .answerLostBefore:
            _ = work.loseAnswer(of: call, mayHaveArrived: true, reason: "lost")
            return
        case .throttled: return take(FakeAzure.error(429_001, "slow"), call, &work)
        case .serverError: return take(FakeAzure.error(500_001, "oops"), call, &work)
        case .changedMeanwhile: return take(FakeAzure.error(412_001, "etag"), call, &work)
        case .strangePage:
            return take(CloudReply(status: 200, body: Array("<html>sign in</html>".utf8)), call, &work)
        case .strangeAbsence:
            return take(CloudReply(status: 404, body: Array("<html>not here</html>".utf8)), call, &work)
        case .cutBeforeAnswer, .cutAfterAnswer, .answerLostAfter, nil: break
        }
        let reply = replaced ?? answer(&peer, call)
        switch disturbance {
        case .cutBeforeAnswer: work = try recalled(work)
        case .answerLostAfter: _ = work.loseAnswer(of: call, mayHaveArrived: true, reason: "lost")
        default:
            take(reply, call, &work)
            if disturbance == .cutAfterAnswer { work = try recalled(work) }
        }
    }

    private mutating func take(_ reply: CloudReply, _ call: CloudCall, _ work: inout TargetWork) {
        let reading = target.reading(of: reply, to: call, in: work)
        if case .fault(let fault) = reading { faults.append(fault) }
        _ = work.take(reading, of: call)
    }

    /// What is left of a work after a crash.
    private func recalled(_ work: TargetWork) throws -> TargetWork {
        let bytes = try CanonicalJSON.encode(work)
        #expect(!String(decoding: bytes, as: UTF8.self).contains("\"primaryKey\\\":"))
        var recalled = try CanonicalJSON.decode(TargetWork.self, from: bytes)
        recalled.isInCompany = work.isInCompany
        return recalled
    }
}

extension TargetFault {
    static let unended = TargetFault(code: "unended", theirs: "", what: "", nextStep: "", retry: .never)
}
