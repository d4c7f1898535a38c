import Credentials
import Model
import Store
import Sync
import SyncCore
import Synchronization
import Testing
import Wire

/// What networks and servers do to a sync: nothing is lost, nothing is done twice, nothing is believed too easily.
@Suite struct TroubleTests {
    @Test func `while the registrar is away everything stays saved, and goes later`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1", "NL-2")
        let away = await fixture.sync(
            fixture.transport { _, _ in .failed(.unreachable(detail: "no route to host")) })
        #expect(!away.reached && away.saved == 4 && away.needsYou == 0 && away.confirmed == 0)
        #expect(away.problems.map(\.id) == ["registrar_unreachable"])
        #expect(fixture.log.submissions.isEmpty)
        let attempts = try await fixture.store.openEntries().map(\.attempts)
        #expect(attempts == [0, 0, 0, 0])
        #expect(await fixture.sync(fixture.transport()) == SyncSummary(confirmed: 4))
    }

    @Test func `work that is saved while the registrar is away makes no further try, a person does`()
        async throws
    {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let (tries, tried) = AsyncStream.makeStream(of: Int.self)
        let count = Mutex(0)
        let syncer = fixture.syncer(
            fixture.transport { _, _ in
                tried.yield(
                    count.withLock {
                        $0 += 1; return $0
                    })
                return .failed(.unreachable(detail: "no route to host"))
            })
        let run = Task { await syncer.run(until: .forever) }
        var each = tries.makeAsyncIterator()
        #expect(await each.next() == 1)
        for serial in ["NL-2", "NL-3", "NL-4"] {
            try await fixture.save(serial)
            await syncer.accepted()
        }
        await syncer.wake()
        #expect(await each.next() == 2)
        run.cancel()
        _ = await run.value
        #expect(count.withLock { $0 } == 2)
    }

    @Test func `an answer that is lost after the effect is asked about, and confirmed once`() async throws {
        let fixture = try await SyncFixture()
        let ids = try await fixture.save("NL-1")
        fixture.clock.run(millisecondsPerLook: 50)
        let lost = Mutex(false)
        let summary = await fixture.sync(
            fixture.transport { request, onward in
                let outcome = await onward()
                let isFirst = lost.withLock { lost in
                    defer { lost = lost || request.isSubmission }
                    return request.isSubmission && !lost
                }
                return isFirst ? .interrupted(.timedOut) : outcome
            }, patience: .seconds(600))
        #expect(summary.confirmed == 2 && summary.reached)
        #expect(fixture.log.questions == 1)
        // The claim was sent once, the note that waited for it once.
        #expect(fixture.log.submissions.count == 2)
        #expect(try await fixture.store.entry(ids[0])?.receipt?.deviceVersion == 1)
        #expect(try await fixture.devices().count == 1)
        try await fixture.store.verifyConservation()
    }

    @Test func `a request that never arrived is found unseen, and is sent again`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        fixture.clock.run(millisecondsPerLook: 50)
        let lost = Mutex(false)
        let summary = await fixture.sync(
            fixture.transport { request, onward in
                let isFirst = lost.withLock { lost in
                    defer { lost = lost || request.isSubmission }
                    return request.isSubmission && !lost
                }
                return isFirst ? .interrupted(.timedOut) : await onward()
            }, patience: .seconds(600))
        #expect(summary.confirmed == 2 && fixture.log.questions == 1 && fixture.log.submissions.count == 3)
        #expect(try await fixture.devices().count == 1)
    }

    @Test func `the sign-in page of a network is no registrar, whatever its status says`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let page = TransportReply(
            status: 200, contentType: "text/html", protocolVersion: nil,
            body: Array("<html>Welcome to Hotel Wi-Fi</html>".utf8))
        let caught = await fixture.sync(fixture.transport { _, _ in .reply(page) })
        #expect(!caught.reached && caught.saved == 2 && caught.problems.map(\.id) == ["captive_portal"])
        #expect(fixture.log.submissions.isEmpty, "nothing leaves before the registrar has greeted")
        #expect(await fixture.sync(fixture.transport()).confirmed == 2)
    }

    @Test func `a page that comes in between is not taken for a receipt`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let page = TransportReply(
            status: 200, contentType: "application/json", protocolVersion: nil, body: Array("{}".utf8))
        let caught = await fixture.sync(
            fixture.transport { request, onward in request.isSubmission ? .reply(page) : await onward() })
        #expect(caught.confirmed == 0 && caught.saved == 2)
        #expect(try await fixture.states() == [.inDoubt, .blocked])
    }

    @Test func `Retry-After is waited for, by the monotonic clock`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        fixture.clock.run(millisecondsPerLook: 100)
        let refused = Mutex<Instant?>(nil)
        let clock = fixture.clock
        let problem = try CanonicalJSON.encode(Problem(.rateLimited))
        let summary = await fixture.sync(
            fixture.transport { request, onward in
                let isFirst = refused.withLock { moment in
                    guard request.isSubmission, moment == nil else { return false }
                    moment = clock.monotonic()
                    return true
                }
                guard isFirst else { return await onward() }
                return .reply(
                    TransportReply(
                        status: 429, contentType: Problem.contentType,
                        protocolVersion: APIResponse.protocolVersion, retryAfterSeconds: 30, body: problem))
            }, patience: .seconds(120))
        #expect(summary.confirmed == 2)
        let moment = try #require(refused.withLock { $0 })
        let next = try #require(fixture.log.submissions.dropFirst().first).at
        #expect(next.milliseconds(since: moment) >= 30_000)
        // One second of spread, and what the looks themselves take.
        #expect(next.milliseconds(since: moment) < 40_000)
    }

    @Test func `a run whose patience ends before Retry-After does ends`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let problem = try CanonicalJSON.encode(Problem(.unavailable))
        let summary = await fixture.sync(
            fixture.transport { request, onward in
                guard request.isSubmission else { return await onward() }
                return .reply(
                    TransportReply(
                        status: 503, contentType: Problem.contentType,
                        protocolVersion: APIResponse.protocolVersion, retryAfterSeconds: 120, body: problem))
            }, patience: .seconds(60))
        #expect(summary.confirmed == 0 && summary.saved == 2 && summary.reached)
        #expect(summary.problems.map(\.id) == ["registrar_busy"])
        #expect(fixture.log.submissions.count == 1)
    }

    /// Ways to answer with a receipt that is none.
    enum Forgery: CaseIterable {
        case otherKey, changedByte, ofAnotherOperation
    }

    @Test(arguments: Forgery.allCases) func `a receipt that is forged is not believed`(_ forgery: Forgery)
        async throws
    {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1", "NL-2")
        let forger = try Forger(forgery)
        let summary = await fixture.sync(
            fixture.transport { request, onward in
                guard request.isSubmission || request.isQuestion else { return await onward() }
                return forger.forge(await onward())
            })
        #expect(summary.confirmed == 0)
        #expect(try await fixture.states() == [.inDoubt, .blocked])
        let news = try await fixture.store.openEntries().compactMap(\.receipt)
        #expect(news.isEmpty)
        // The honest registrar is asked, and what it did is confirmed, once.
        fixture.clock.run(millisecondsPerLook: 5000)
        #expect(await fixture.sync(fixture.transport(), patience: .seconds(7200)).confirmed == 4)
        #expect(try await fixture.devices().count == 2)
    }

    @Test func `a sign-in that has ended stops the sending, never the capture`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        try await fixture.signIn("ended")
        let refused = await fixture.sync(fixture.transport())
        #expect(refused.confirmed == 0 && refused.problems.map(\.id) == ["signed_out"])
        #expect(try await fixture.store.openEntries().allSatisfy { $0.problem == nil })
        try await fixture.save("NL-2")
        #expect(try await fixture.store.openEntries().count == 4)
        try await fixture.signIn(fixture.pairing.token)
        #expect(await fixture.sync(fixture.transport()).confirmed == 4)
    }
}

/// Bends the receipts of a reply.
struct Forger {
    let forgery: TroubleTests.Forgery
    let key: SigningKey

    init(_ forgery: TroubleTests.Forgery) throws {
        self.forgery = forgery
        key = try SigningKey.generate()
    }

    func forge(_ outcome: TransportOutcome) -> TransportOutcome {
        guard case .reply(var reply) = outcome else { return outcome }
        if var submission = try? CanonicalJSON.decode(SubmissionReply.self, from: reply.body) {
            let receipts = submission.results.map { $0.receipt ?? "" }
            for index in submission.results.indices {
                let next = receipts[(index + 1) % receipts.count]
                submission.results[index].receipt = forged(receipts[index], other: next)
            }
            reply.body = (try? CanonicalJSON.encode(submission)) ?? []
        } else if var result = try? CanonicalJSON.decode(OperationResult.self, from: reply.body) {
            result.receipt = forged(result.receipt ?? "", other: "e30.e30.e30")
            reply.body = (try? CanonicalJSON.encode(result)) ?? []
        }
        return .reply(reply)
    }

    private func forged(_ receipt: String, other: String) -> String {
        let parts = receipt.split(separator: ".")
        guard parts.count == 3, let header = Base64.decodeURL(parts[0]),
            let payload = Base64.decodeURL(parts[1])
        else { return receipt }
        switch forgery {
        case .otherKey:
            let known = try? CanonicalJSON.decode([String: String].self, from: header)
            return (try? JWS.sign(payload, with: key, keyID: known?["kid"] ?? "", type: Receipt.type)) ?? ""
        case .changedByte:
            var payload = payload
            payload[payload.count / 2] ^= 1
            return "\(parts[0]).\(Base64.encodeURL(payload)).\(parts[2])"
        case .ofAnotherOperation: return other
        }
    }
}
