import Model
import TargetCore
import Testing

@Suite struct TargetWorkTests {
    private let device = TargetDevice(
        deviceID: DeviceID(trusted: "d-1"), name: "meter-1", tenant: TenantID(trusted: "acme"),
        proof: .symmetricKey)
    private let call = CloudCall("CreateThing", plane: "iot", method: "POST", path: ["things", "a:b/c"])

    private let doubling = CloudCall(
        "CreateCertificateFromCsr", plane: "iot", method: "POST", path: ["certificates"], repeats: .doubling)

    private func fault(_ retry: TargetFault.Retry, after seconds: Int? = nil) -> TargetFault {
        TargetFault(
            code: "x", theirs: "X", what: "It was refused.", nextStep: "Mend it.", retry: retry,
            retryAfterSeconds: seconds)
    }

    private var work: TargetWork { TargetWork(workID: "op", intent: .provision, device: device) }

    @Test func `the journal holds facts and never a secret`() throws {
        var work = work
        _ = work.take(
            .learned(["thing": "arn"], secrets: ["key": Redacted("c2VjcmV0")]), of: call)
        let journal = try CanonicalJSON.text(work)
        #expect(journal.contains("\"thing\":\"arn\""))
        #expect(!journal.contains("c2VjcmV0"))
        #expect(try CanonicalJSON.decode(TargetWork.self, from: Array(journal.utf8)).secrets.isEmpty)
    }

    @Test func `work has begun with the first call that may change anything, and is kept before it`() throws {
        var work = work
        let look = CloudCall("DescribeThing", plane: "iot", method: "GET", path: ["things", "a"])
        #expect(!work.mustBeKept(before: look) && work.mustBeKept(before: call))
        work.willSend(look)
        _ = work.take(.learned(["read.thing": "none"]), of: look)
        #expect(work.isUntouched, "looking leaves nothing behind")
        work.willSend(call)
        #expect(work.hasBegun)
        _ = work.loseAnswer(of: call, mayHaveArrived: false, reason: "refused")
        #expect(work.isUntouched, "it never left")
        work.willSend(call)
        _ = work.loseAnswer(of: call, mayHaveArrived: true, reason: "timeout")
        #expect(!work.isUntouched)
        #expect(!work.mustBeKept(before: call) && work.mustBeKept(before: doubling))
        work.willSend(call)
        _ = work.loseAnswer(of: call, mayHaveArrived: false, reason: "refused")
        #expect(!work.isUntouched, "the first may have arrived")
        let text = try CanonicalJSON.text(work)
        #expect(try CanonicalJSON.decode(TargetWork.self, from: Array(text.utf8)).hasBegun)
        let old = text.replacing("\"hasBegun\":true,", with: "")
        #expect(old != text)
        #expect(try CanonicalJSON.decode(TargetWork.self, from: Array(old.utf8)).hasBegun, "nobody knows")
    }

    @Test func `a doubling call whose answer is lost stays in doubt; one that never left does not`() {
        var work = work
        work.willSend(doubling)
        #expect(work.isInDoubt(doubling.name))
        _ = work.loseAnswer(of: doubling, mayHaveArrived: true, reason: "timeout")
        #expect(work.isInDoubt(doubling.name))
        _ = work.loseAnswer(of: doubling, mayHaveArrived: false, reason: "refused")
        #expect(!work.isInDoubt(doubling.name))
        work.willSend(call)
        #expect(!work.isInDoubt(call.name))
    }

    @Test func `a creating call is in doubt like a doubling one, until it turns out that it was not sent`() {
        var creating = call
        creating.repeats = .creating
        var work = work
        work.willSend(creating)
        _ = work.loseAnswer(of: creating, mayHaveArrived: true, reason: "timeout")
        #expect(work.isInDoubt(creating.name))
        work.didNotSend(doubling)
        #expect(work.isInDoubt(creating.name))
        work.didNotSend(creating)
        #expect(!work.isInDoubt(creating.name))
    }

    @Test func `a doubt outlasts any number of looks, until one of them settles it`() {
        var work = work
        work.willSend(doubling)
        work.willSend(call)
        _ = work.take(.learned(["page": "2"]), of: call)
        #expect(work.isInDoubt(doubling.name))
        _ = work.take(.learned([TargetWork.lookedPrefix + doubling.name: "nothing"]), of: call)
        #expect(!work.isInDoubt(doubling.name))
        work.willSend(doubling)
        #expect(work.isInDoubt(doubling.name))
        _ = work.take(.learned(["made": "yes"]), of: doubling)
        #expect(!work.isInDoubt(doubling.name))
    }

    @Test func `faults in a row make longer pauses, and an answer ends them`() {
        var work = work
        var pauses: [Int] = []
        for _ in 0..<12 {
            guard case .later(let seconds, _) = work.take(.fault(fault(.later)), of: call) else {
                Issue.record("a fault to be tried later gave no pause")
                return
            }
            pauses.append(seconds)
        }
        #expect(pauses.first == 2)
        #expect(pauses == pauses.sorted())
        #expect(pauses.last == 900)
        #expect(work.take(.learned([:]), of: call) == .atOnce)
        #expect(work.faultsInRow == 0)
        #expect(
            work.take(.fault(fault(.later, after: 7)), of: call)
                == .later(seconds: 7, reason: "It was refused."))
    }

    @Test func `rereading forgets what was read and nothing that was made`() {
        var work = work
        _ = work.take(.learned(["thing": "made", "read.etag": "1"]), of: call)
        _ = work.take(.fault(fault(.rereading)), of: call)
        #expect(work.facts == ["thing": "made"])
    }

    @Test func `a final fault turns the work round once, and then leaves a mark`() {
        var work = work
        _ = work.take(.fault(fault(.never)), of: call)
        #expect(work.fault?.code == "x")
        #expect(work.leftovers.isEmpty)
        let undo = CloudCall("DeleteThing", plane: "iot", method: "DELETE", path: ["things", "a"])
        _ = work.take(.fault(fault(.never)), of: undo)
        #expect(work.leftovers == ["DeleteThing: It was refused."])
        #expect(work.facts["left.DeleteThing"] == "x")
    }

    @Test func `a failure within the target leaves a doubling call in doubt, a refusal does not`() {
        var work = work
        work.willSend(doubling)
        var failure = fault(.later)
        failure.mayHaveActed = true
        _ = work.take(.fault(failure), of: doubling)
        #expect(work.isInDoubt(doubling.name))
        _ = work.take(.fault(fault(.later)), of: doubling)
        #expect(!work.isInDoubt(doubling.name))
    }

    @Test func `calls of one operation are told apart by what they are about`() {
        var work = work
        work.fault = fault(.never)
        _ = work.take(.fault(fault(.never)), of: call)
        var other = call
        other.path = ["things", "b"]
        #expect(work.facts[TargetWork.leftPrefix + call.identity] == "x")
        #expect(work.facts[TargetWork.leftPrefix + other.identity] == nil)
        other.headers = [.init("x-amzn-principal", "arn")]
        #expect(other.identity == "CreateThing /things/b arn")
    }

    @Test func `every part of a path and a query is encoded once`() {
        var call = call
        call.query = [.init("a b", "c:d")]
        #expect(call.target == "/things/a%3Ab%2Fc?a%20b=c%3Ad")
    }
}
