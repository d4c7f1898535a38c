import Foundation
import Model
import Store
import Sync
import SyncCore
import TestSupport
import Testing
import Wire

/// One sender at a time, and what a sender that died leaves behind.
@Suite struct SenderTests {
    @Test func `of two senders one sends`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let barrier = Barrier()
        let slow = fixture.transport { request, onward in
            if request.isSubmission { await barrier.pass() }
            return await onward()
        }
        async let first = fixture.sync(slow)
        await barrier.arrival()
        let second = await fixture.sync(fixture.transport(), store: try fixture.anotherStore())
        #expect(second.anotherProcessSends && second.confirmed == 0 && second.saved == 2)
        barrier.open()
        #expect(await first == SyncSummary(confirmed: 2))
        #expect(fixture.log.submissions.count == 2)
    }

    @Test func `a sender that waits takes over when the other ends, and sends what is saved meanwhile`()
        async throws
    {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let barrier = Barrier()
        let slow = fixture.transport { request, onward in
            if request.isSubmission { await barrier.pass() }
            return await onward()
        }
        async let first = fixture.sync(slow)
        await barrier.arrival()

        let (progress, told) = AsyncStream.makeStream(of: SyncProgress.self)
        let waiting = fixture.syncer(fixture.transport(), store: try fixture.anotherStore())
        let watch = Task { await waiting.run(until: .forever) { told.yield($0) } }
        var news = progress.makeAsyncIterator()
        #expect(await news.next()?.news == [.anotherProcessSends])
        barrier.open()
        #expect(await first.confirmed == 2)
        try await fixture.save("NL-2")
        var confirmed = 0
        while confirmed < 2, let step = await news.next() { confirmed = step.confirmed }
        watch.cancel()
        let summary = await watch.value
        #expect(summary.confirmed == 2 && !summary.anotherProcessSends)
        #expect(try await fixture.states() == [.applied])
    }

    /// The disk as it is while a request travels, which is what a tablet finds whose battery was pulled then.
    private func crash(
        _ fixture: SyncFixture, effect: Bool
    ) async throws -> Store {
        let barrier = Barrier()
        let hanging = fixture.transport { request, onward in
            guard request.isSubmission else { return await onward() }
            let outcome = effect ? await onward() : .interrupted(.timedOut)
            await barrier.pass()
            return outcome
        }
        async let run = fixture.sync(hanging)
        await barrier.arrival()
        let copy = fixture.directory.file("after-crash")
        try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
        for file in ["store.db", "store.db-wal"] {
            try FileManager.default.copyItem(
                atPath: fixture.directory.file("store/\(file)"), toPath: copy + "/" + file)
        }
        barrier.open()
        _ = await run
        return try SyncFixture.open(copy, at: fixture.clock.wall())
    }

    @Test(arguments: [true, false])
    func `a crash between intent and answer is resolved by asking`(_ effect: Bool) async throws {
        let fixture = try await SyncFixture()
        let ids = try await fixture.save("NL-1")
        let store = try await crash(fixture, effect: effect)
        #expect(try await store.entry(ids[0])?.state == .inFlight)
        let before = (questions: fixture.log.questions, submissions: fixture.log.submissions.count)
        fixture.clock.run(millisecondsPerLook: 50)
        let summary = await fixture.sync(fixture.transport(), store: store, patience: .seconds(600))
        #expect(summary.confirmed == 2 && summary.needsYou == 0)
        #expect(fixture.log.questions == before.questions + 1)
        #expect(try await fixture.states(store) == [.applied])
        #expect(try await fixture.devices().count == 1)
        #expect(try await store.entry(ids[0])?.receipt?.deviceVersion == 1)
        #expect(fixture.log.submissions.count - before.submissions <= 2)
        try await store.verifyConservation()
    }

    @Test func `a run that is cancelled ends, keeps everything, and the next one goes on`() async throws {
        let fixture = try await SyncFixture()
        try await fixture.save("NL-1")
        let barrier = Barrier()
        let stuck = fixture.transport { request, onward in
            guard request.isSubmission else { return await onward() }
            await barrier.pass()
            return .interrupted(.cancelled)
        }
        let run = Task { await fixture.sync(stuck) }
        await barrier.arrival()
        run.cancel()
        #expect(await run.value.confirmed == 0)
        fixture.clock.run(millisecondsPerLook: 50)
        #expect(await fixture.sync(fixture.transport(), patience: .seconds(600)).confirmed == 2)
    }
}
