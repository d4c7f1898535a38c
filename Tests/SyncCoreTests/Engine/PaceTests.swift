import Model
import SyncCore
import TestSupport
import Testing
import Wire

@Suite struct PaceTests {
    typealias Driver = EngineDriver

    @Test(arguments: 0..<40)
    func `a delay lies between nothing and two seconds doubled, five minutes at most`(_ failures: Int) {
        var random = SeededRandom(seed: UInt64(failures))
        let most: Int64 = failures > 7 ? 300_000 : 2_000 << Int64(failures)
        for _ in 0..<50 {
            let delay = Backoff.fullJitter(failures: failures, tuning: SyncTuning(), random: &random)
            #expect((0...most).contains(delay))
        }
    }

    @Test(arguments: [(0, 0), (30, 30), (3_600, 3_600), (7_200, 3_600), (Int.max, 3_600), (-5, 0)])
    func `Retry-After is kept to the second and capped at an hour`(_ asked: Int, _ kept: Int) throws {
        var driver = Driver.connected([Driver.entry(1)])
        let submission = try #require(driver.submissions.first)
        driver.tell(.submitted(submission.request, .problem(Problem(.rateLimited, retryAfterSeconds: asked))))
        #expect((kept * 1000...kept * 1000 + 1000).contains(Int(driver.wait ?? -1)))
        #expect(driver.reports == [.busy(code: "rate_limited", retryAfterSeconds: asked)])
    }

    @Test func `nothing is sent to an absent registrar but a greeting now and then`() throws {
        var driver = Driver()
        driver.tell(.signedIn(Driver.ana))
        driver.tell(.outboxRead((1...100).map { Driver.entry($0) }))
        let recorded = driver.changes.count
        var greetings = 0
        let start = driver.now
        while driver.now.milliseconds(since: start) < 86_400_000 {
            if let request = driver.greeting {
                greetings += 1
                driver.tell(.greeted(request, .trouble(Driver.refused)))
                #expect(driver.submissions.isEmpty)
            } else {
                driver.wakeUp()
                if driver.greeting == nil { break }
            }
        }
        #expect((400...1_000).contains(greetings))
        #expect(driver.changes.count == recorded)
    }

    @Test func `a captive portal is named and nothing is taken for sent`() throws {
        var driver = Driver()
        driver.tell(.signedIn(Driver.ana))
        driver.tell(.outboxRead([Driver.entry(1)]))
        driver.tell(.greeted(RequestID(number: 1), .trouble(Driver.portal)))
        #expect(driver.reports == [.answeredBySomethingElse(status: 200)])
        #expect(driver.events(of: Driver.id(1)) == [.admitted])
        driver.tell(.networkChanged)
        #expect((0...2_000).contains(driver.wait ?? -1))
    }

    @Test func `another registrar gets nothing`() {
        var driver = Driver()
        driver.tell(.signedIn(Driver.ana))
        driver.tell(.outboxRead([Driver.entry(1)]))
        var hello = Driver.hello
        hello.registrar = RegistrarID(trusted: "evil")
        driver.tell(.greeted(RequestID(number: 1), .value(hello)))
        #expect(driver.submissions.isEmpty)
        #expect(driver.reports == [.otherRegistrar(hello.registrar)])
    }

    @Test func `a refused sign-in stops that operator only, until the next sign-in`() throws {
        var driver = Driver.connected([Driver.entry(1), Driver.entry(2, operatorID: "ben")])
        let (anas, bens) = (driver.submissions[0], driver.submissions[1])
        driver.tell(.submitted(anas.request, .problem(Problem(.signedOut))))
        #expect(driver.reports == [.signedOut(Driver.ana)])
        driver.tell(.submitted(bens.request, Driver.receipts(bens.ids)))
        #expect(driver.submissions.isEmpty)
        #expect((1_800_000...3_600_000).contains(driver.wait ?? 0))
        driver.tell(.signedIn(Driver.ana))
        #expect(driver.submissions.map(\.ids) == [[Driver.id(1)]])
    }

    @Test func `after a refused right a single operation tries whether it still holds`() throws {
        var driver = Driver.connected((1...30).map { Driver.entry($0) })
        let first = try #require(driver.submissions.first)
        driver.tell(.submitted(first.request, .problem(Problem(.notAuthorised))))
        #expect(driver.engine.stopped.count == 30)
        driver.sleep()
        let probe = try #require(driver.submissions.first)
        #expect(probe.ids.count == 1)
        driver.tell(.submitted(probe.request, Driver.receipts(probe.ids)))
        #expect(driver.submissions.map(\.ids.count) == [29])
    }

    @Test func `an operation tried twenty times is flagged and tried about once an hour`() throws {
        var driver = Driver.connected([Driver.entry(1, state: .ready, attempts: 19)])
        let submission = try #require(driver.submissions.first)
        driver.tell(.submitted(submission.request, Driver.problems(submission.ids, Problem(.unavailable))))
        #expect(driver.engine.needingAttention(at: driver.now) == [Driver.id(1)])
        #expect((1_800_000...3_600_000).contains(driver.wait ?? 0))
        driver.sleep()
        #expect(driver.submissions.map(\.ids) == [[Driver.id(1)]])
    }

    @Test func `a device that no list names waits a quarter of an hour, or for a delta of the catalogue`()
        throws
    {
        var driver = Driver.connected([Driver.entry(1)])
        driver.tell(.feedsRead([Channel(operatorID: Driver.ana, tenant: Driver.acme)]))
        let request = RequestID(number: 2)
        driver.tell(.submitted(request, Driver.problems([Driver.id(1)], Problem(.unknownDevice))))
        #expect(driver.engine.needingAttention(at: driver.now).isEmpty)
        let pull = try #require(driver.pulls.first)
        driver.tell(.changesPulled(pull.request, .value(PulledPage(more: false, mayAdmit: false))))
        #expect(driver.submissions.isEmpty)
        #expect((600_000...1_200_000).contains(driver.wait ?? 0))
        driver.tell(.personAskedToSync)
        let again = try #require(driver.submissions.first)
        driver.tell(.submitted(again.request, Driver.problems(again.ids, Problem(.unknownDevice))))
        let next = try #require(driver.pulls.first)
        driver.tell(.changesPulled(next.request, .value(PulledPage(more: false, mayAdmit: true))))
        #expect(driver.submissions.map(\.ids) == [[Driver.id(1)]])
    }

    @Test func `repeats are a tenth of the traffic, and first tries never wait for them`() {
        var budget = RetryBudget(at: Instant(milliseconds: 0), tuning: SyncTuning())
        let now = Instant(milliseconds: 1)
        var repeats = 0
        while budget.spend(at: now) { repeats += 1 }
        #expect(repeats == 10)
        for _ in 0..<1_000 {
            budget.earn()
            if budget.spend(at: now) { repeats += 1 }
        }
        #expect((100...111).contains(repeats))
    }

    @Test func `a lone tablet with an empty budget gets its turn`() {
        var budget = RetryBudget(at: Instant(milliseconds: 0), tuning: SyncTuning())
        while budget.spend(at: Instant(milliseconds: 0)) {}
        let turn = budget.nextRepeat(at: Instant(milliseconds: 0))
        #expect((15_000...20_001).contains(turn.milliseconds))
        let hasTurn = budget.spend(at: turn)
        #expect(hasTurn)
    }

    @Test func `a wait that the wall clock makes absurd is believed for an hour at most`() throws {
        let years: Int64 = 10 * 365 * 86_400_000
        let driver = Driver.connected([Driver.entry(1, state: .waiting, stillToWait: years)])
        #expect((driver.wait ?? .max) <= 3_600_000)
        let past = Driver.connected([Driver.entry(1, state: .waiting, stillToWait: -years)])
        #expect(past.submissions.count == 1)
    }

    @Test func `a thousand tablets that lost a registrar together do not come back together`() {
        var perTenSeconds: [Int64: Int] = [:]
        for seed in 0..<UInt64(1_000) {
            var driver = Driver()
            driver.random = SeededRandom(seed: seed &* 7919)
            driver.tell(.signedIn(Driver.ana))
            driver.tell(.outboxRead([Driver.entry(1)]))
            for _ in 0..<9 {
                if let request = driver.greeting { driver.tell(.greeted(request, .trouble(Driver.refused))) }
                driver.wakeUp()
            }
            guard let request = driver.greeting else { continue }
            driver.tell(.greeted(request, .trouble(Driver.refused)))
            perTenSeconds[(driver.wait ?? 0) / 10_000, default: 0] += 1
        }
        #expect(perTenSeconds.values.reduce(0, +) == 1_000)
        #expect((perTenSeconds.values.max() ?? 0) <= 2 * 1_000 / 30)
    }

    @Test func `a link that is quiet for long is greeted before the next work`() throws {
        var driver = Driver.connected([])
        driver.tell(.outboxRead([Driver.entry(1)]), after: 301_000)
        #expect(driver.submissions.isEmpty)
        #expect(driver.greeting != nil)
    }
}
