import Model
import SyncCore
import Testing

@Suite struct SendingTests {
    typealias Driver = EngineDriver

    @Test func `nothing is sent or recorded as sent before the registrar has answered a greeting`() {
        var driver = Driver()
        driver.tell(.signedIn(Driver.ana))
        driver.tell(.outboxRead([Driver.entry(1)]))
        #expect(driver.submissions.isEmpty)
        #expect(driver.events(of: Driver.id(1)) == [.admitted])
    }

    @Test func `the start of sending is recorded before it happens`() throws {
        let driver = Driver.connected([Driver.entry(1)])
        let record = try #require(
            driver.instructions.firstIndex { if case .record = $0 { true } else { false } })
        let submit = try #require(
            driver.instructions.firstIndex { if case .submit = $0 { true } else { false } })
        #expect(record < submit)
        #expect(driver.events(of: Driver.id(1)) == [.admitted, .sendStarted])
    }

    @Test func `a lane's second operation waits for the receipt of the first`() throws {
        var driver = Driver.connected([
            Driver.entry(1, lane: 5, sequence: 1), Driver.entry(2, lane: 5, sequence: 2), Driver.entry(3),
        ])
        let first = try #require(driver.submissions.first)
        #expect(first.ids == [Driver.id(1), Driver.id(3)])
        #expect(driver.events(of: Driver.id(2)) == [.blocked])
        driver.tell(.submitted(first.request, Driver.receipts(first.ids)), after: 50)
        #expect(driver.submissions.map(\.ids) == [[Driver.id(2)]])
        #expect(driver.events(of: Driver.id(2)) == [.blocked, .admitted, .sendStarted])
    }

    @Test(arguments: [OperationState.rejected, .held])
    func `a lane behind an operation that needs a person does not move, the others do`(
        _ state: OperationState
    ) {
        let driver = Driver.connected([
            Driver.entry(1, lane: 5, sequence: 1, state: state),
            Driver.entry(2, lane: 5, sequence: 2, state: .blocked), Driver.entry(3),
        ])
        #expect(driver.submissions.map(\.ids) == [[Driver.id(3)]])
        #expect(driver.engine.needingAttention(at: driver.now) == [Driver.id(1)])
    }

    @Test func `a batch carries at most fifty operations`() {
        let driver = Driver.connected((1...120).map { Driver.entry($0) })
        #expect(driver.submissions.map(\.ids.count) == [50, 50, 20])
    }

    @Test func `a batch carries at most 256 KiB`() {
        let driver = Driver.connected((1...12).map { Driver.entry($0, bytes: 60_000) })
        #expect(driver.submissions.map(\.ids.count) == [3, 3, 3, 3])
    }

    @Test func `an operation larger than a batch travels alone`() {
        let driver = Driver.connected([Driver.entry(1, bytes: 500_000), Driver.entry(2)])
        #expect(driver.submissions.map(\.ids) == [[Driver.id(1)], [Driver.id(2)]])
    }

    @Test func `operators and tenants never share a request`() {
        let driver = Driver.connected([
            Driver.entry(1), Driver.entry(2, operatorID: "ben"), Driver.entry(3, tenant: "other"),
            Driver.entry(4),
        ])
        #expect(
            driver.submissions.map(\.ids) == [[Driver.id(1), Driver.id(4)], [Driver.id(2)], [Driver.id(3)]])
        #expect(driver.submissions.map(\.operatorID.rawValue) == ["ana", "ben", "ana"])
    }

    @Test func `work of an operator who is not signed in waits and says so`() {
        var driver = Driver()
        driver.tell(.outboxRead([Driver.entry(1)]))
        driver.greet()
        #expect(driver.submissions.isEmpty)
        #expect(driver.engine.problems == [.signedOut(Driver.ana)])
        #expect(driver.engine.stopped.count == 1)
        driver.tell(.signedIn(Driver.ana))
        driver.greet()
        #expect(driver.submissions.count == 1)
    }

    @Test func `a request that is too large is halved until it fits`() throws {
        var driver = Driver.connected((1...50).map { Driver.entry($0) })
        var sizes: [Int] = []
        for _ in 0..<4 {
            let submission = try #require(driver.submissions.first)
            sizes.append(submission.ids.count)
            driver.tell(.submitted(submission.request, .problem(Problem(.requestTooLarge))))
        }
        #expect(sizes == [50, 25, 12, 6])
    }

    @Test func `an operation that is too large even alone is put before a person`() throws {
        var driver = Driver.connected([Driver.entry(1)])
        let submission = try #require(driver.submissions.first)
        driver.tell(.submitted(submission.request, .problem(Problem(.requestTooLarge))))
        #expect(driver.events(of: Driver.id(1)).last == .refused)
    }

    @Test func `a batch that timed out is tried smaller and grows again slowly`() {
        var limit = BatchLimit(tuning: SyncTuning())
        limit.halve(after: 50)
        #expect(limit.operations == 25)
        limit.halve(after: 10)
        #expect(limit.operations == 5)
        limit.grow()
        #expect(limit.operations == 10)
        for _ in 0..<20 { limit.grow() }
        #expect(limit.operations == 50)
        for _ in 0..<20 { limit.halve(after: limit.operations) }
        #expect(limit.operations == 1)
    }

    @Test func `the narrower limits of the registrar hold`() {
        var limit = BatchLimit(tuning: SyncTuning())
        limit.adopt(operations: 10, bytes: 0)
        #expect(limit.operations == 10)
        #expect(limit.bytes == 1)
    }

    @Test func `feeds are pulled when nothing is left to send, page by page`() throws {
        var driver = Driver.connected([Driver.entry(1)])
        let channel = Channel(operatorID: Driver.ana, tenant: Driver.acme)
        driver.tell(.feedsRead([channel]))
        #expect(driver.pulls.isEmpty)
        let submission = Driver.connected([Driver.entry(1)]).submissions.first
        driver.tell(.submitted(try #require(submission?.request), Driver.receipts([Driver.id(1)])))
        let first = try #require(driver.pulls.first)
        driver.tell(.changesPulled(first.request, .value(PulledPage(more: true, mayAdmit: false))))
        let second = try #require(driver.pulls.first)
        driver.tell(.changesPulled(second.request, .value(PulledPage(more: false, mayAdmit: false))))
        #expect(driver.pulls.isEmpty)
        #expect((600_000...1_200_000).contains(driver.wait ?? 0))
    }

    @Test func `a feed that cannot be continued is started anew, once`() throws {
        var driver = Driver.connected([])
        let channel = Channel(operatorID: Driver.ana, tenant: Driver.acme)
        driver.tell(.feedsRead([channel]))
        let first = try #require(driver.pulls.first)
        driver.tell(.changesPulled(first.request, .problem(Problem(.cannotCalculateChanges))))
        #expect(driver.instructions.first == .resetFeed(channel))
        let second = try #require(driver.pulls.first)
        driver.tell(.changesPulled(second.request, .problem(Problem(.cannotCalculateChanges))))
        #expect(driver.pulls.isEmpty)
        #expect(driver.reports == [.feedUnreadable(Driver.acme, code: "cannot_calculate_changes")])
    }
}
