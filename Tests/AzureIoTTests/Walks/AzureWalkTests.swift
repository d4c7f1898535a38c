import AzureIoT
import Model
import TargetCore
import Testing

/// Every intent by every proof, from start to end, disturbed at each of its calls.
@Suite struct AzureWalkTests {
    @Test(arguments: AzureWalk.all)
    func `an intent ends, and once more it ends the same and writes nothing`(_ walk: AzureWalk) throws {
        let (peer, marks) = try walk.scenario.start(of: walk.intent)
        var performer = walk.scenario.performer(peer)
        let first = try performer.perform(walk.scenario.work(walk.intent, marks: marks)).end
        guard case .done(let outcome) = first else {
            Issue.record("ended in \(first)")
            return
        }
        var again = walk.scenario.performer(performer.peer)
        let second = try again.perform(
            walk.scenario.work(walk.intent, marks: outcome.device?.marks ?? marks)
        ).end
        if walk.intent != .finishRotation { #expect(second == first) }
        #expect(again.peer == performer.peer)
    }

    @Test func `among many a device is made without a look, alone and by groups only after one`() throws {
        for scenario in AzureScenario.all {
            for scenario in [scenario, scenario.inCompany] {
                var performer = scenario.performer(FakeAzure())
                _ = try performer.perform(scenario.work(.provision))
                let isByItself = scenario.dps?.enrolment.group == nil
                let first = try #require(performer.calls.first)
                #expect(
                    first.hasPrefix(scenario.isInCompany && isByItself ? "PUT " : "GET "),
                    "\(scenario.testDescription): \(first)")
            }
        }
    }

    @Test(arguments: AzureWalk.all)
    func `an intent that is disturbed at any call ends as if it had not been`(_ walk: AzureWalk) throws {
        let (peer, marks) = try walk.scenario.start(of: walk.intent)
        let work = walk.scenario.work(walk.intent, marks: marks)
        var calm = walk.scenario.performer(peer)
        let expected = try calm.perform(work).end
        let state = calm.peer.state
        for disturbance in Performer<FakeAzure>.Disturbance.allCases {
            for place in 0..<calm.calls.count {
                var performer = walk.scenario.performer(peer)
                let end = try performer.perform(work, disturbance, at: place).end
                #expect(end == expected, "\(disturbance) at \(calm.calls[place]) of \(calm.calls)")
                #expect(
                    performer.peer.state == state, "\(disturbance) at \(calm.calls[place]) of \(calm.calls)")
            }
        }
    }

    @Test(arguments: AzureWalk.all)
    func `a refusal for good at any call leaves nothing behind that lets a device in`(_ walk: AzureWalk)
        throws
    {
        let (peer, marks) = try walk.scenario.start(of: walk.intent)
        let work = walk.scenario.work(walk.intent, marks: marks)
        var calm = walk.scenario.performer(peer)
        _ = try calm.perform(work)
        for place in 0..<calm.calls.count {
            var performer = walk.scenario.performer(peer)
            let refusal = FakeAzure.error(400_004, "no")
            let (end, _) = try performer.perform(work, at: place, replaced: refusal)
            guard case .refused(let fault, let leftovers) = end else {
                Issue.record("\(calm.calls[place]) was refused, and the work ended in \(end)")
                continue
            }
            #expect(leftovers.isEmpty)
            #expect(fault.retry == .never)
            switch walk.intent {
            case .provision, .rotate, .enable, .finishRotation, .describe, .verifySeen:
                var there = performer.peer.state
                // A group may be used by others by now.
                if peer.groups.isEmpty { there.groups = [:] }
                there.keysMade = peer.keysMade
                #expect(there.withoutKeysOfBlocked == peer.state.withoutKeysOfBlocked, "\(calm.calls[place])")
            case .disable, .remove:
                #expect(
                    performer.peer.enrollments.values.allSatisfy { entry in
                        peer.enrollments[entry.registrationId]?.provisioningStatus == entry.provisioningStatus
                            || entry.provisioningStatus == .disabled
                    })
            }
        }
    }

    @Test(arguments: AzureWalk.all.filter { [.provision, .enable, .rotate].contains($0.intent) })
    func `what arrived without an answer is taken back when the work is refused after it`(
        _ walk: AzureWalk
    ) throws {
        let (peer, marks) = try walk.scenario.start(of: walk.intent)
        let work = walk.scenario.work(walk.intent, marks: marks)
        var calm = walk.scenario.performer(peer)
        _ = try calm.perform(work)
        for place in 0..<calm.calls.count where calm.calls[place].hasPrefix("PUT /enrollments") {
            var performer = walk.scenario.performer(peer)
            var cut = work
            let target = performer.target
            // Up to the write, whose answer is lost.
            for _ in 0...place {
                guard case .call(let call) = target.step(of: cut, at: performer.now) else { continue }
                cut.willSend(call)
                let reply = performer.peer.answer(call)
                if call.name.hasPrefix("PUT /enrollments") {
                    _ = cut.loseAnswer(of: call, mayHaveArrived: true, reason: "lost")
                } else {
                    _ = cut.take(target.reading(of: reply, to: call, in: cut), of: call)
                }
            }
            let (end, _) = try performer.perform(cut, at: 0, replaced: FakeAzure.error(400_004, "no"))
            guard case .refused = end else {
                Issue.record("ended in \(end)")
                continue
            }
            var there = performer.peer.state
            there.keysMade = peer.keysMade
            #expect(there.withoutKeysOfBlocked == peer.state.withoutKeysOfBlocked)
        }
    }
}

extension FakeAzure {
    /// An entry that keeps a device of a group out has keys that nobody uses.
    var withoutKeysOfBlocked: FakeAzure {
        var copy = self
        guard !groups.isEmpty else { return copy }
        for id in copy.enrollments.keys { copy.enrollments[id]?.attestation.symmetricKey = nil }
        return copy
    }
}
