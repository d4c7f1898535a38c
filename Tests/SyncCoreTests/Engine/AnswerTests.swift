import Model
import SyncCore
import Testing

/// What each answer makes of an operation that was sent, and of one that was asked about.
@Suite struct AnswerTests {
    typealias Driver = EngineDriver

    /// Every problem code that can stand in a result, with what it makes of an operation sent once.
    static let verdicts: [(ProblemCode, OperationState)] = ProblemCode.allCases.map { code in
        switch code {
        case .claimedByAnotherTenant, .claimCodeWrong, .claimCodeMissing, .notClaimed, .staleVersion,
            .identityConflict, .identityMissing, .certificateRequestRefused, .keyReused, .predecessorFailed,
            .idempotencyMismatch, .operationMalformed, .versionUnsupported, .unknownSite, .unknownTenant,
            .notAuthorised, .operatorMismatch, .requestTooLarge, .operationUnsigned,
            .signatureFalse, .signingKeyRevoked, .targetUnknown, .targetUnfit, .targetRefused,
            .notProvisioned:
            (code, .rejected)
        case .inProgress, .unknownDevice, .predecessorMissing, .signedOut, .notFound, .operationUnknown,
            .requestMalformed,
            .methodNotAllowed, .alreadyExists, .cannotCalculateChanges, .rateLimited, .unavailable,
            .signingKeyUnknown:
            (code, .waiting)
        }
    }

    @Test(arguments: verdicts)
    func `each problem of one operation leads to its state`(_ code: ProblemCode, _ state: OperationState)
        throws
    {
        var driver = Driver.connected([Driver.entry(1), Driver.entry(2)])
        let submission = try #require(driver.submissions.first)
        driver.tell(
            .submitted(
                submission.request,
                .value([
                    Driver.id(1): .problem(Problem(code)),
                    Driver.id(2): .receipt(Driver.receipt(Driver.id(2))),
                ])))
        let change = try #require(
            driver.changes.last { $0.operationID == Driver.id(1) && $0.event != .sendStarted })
        #expect(OperationState.inFlight.after(change.event) == .to(state))
        #expect(change.problem?.code == code.rawValue)
        #expect(driver.lastChange(of: Driver.id(2))?.event == .receiptVerified)
    }

    /// Everything that can come back for a whole batch, with the state of its operations.
    static let answers: [(Answer<[OperationID: OperationVerdict]>, OperationState)] = [
        (.trouble(Driver.cut), .inDoubt), (.trouble(Driver.portal), .inDoubt),
        (.trouble(Driver.refused), .waiting),
        (.trouble(LinkTrouble(.certificateNotTrusted(detail: ""), mayHaveBeenProcessed: false)), .waiting),
        (.problem(Problem(.signedOut)), .waiting), (.problem(Problem(.notAuthorised)), .waiting),
        (.problem(Problem(.versionUnsupported)), .waiting), (.problem(Problem(.rateLimited)), .waiting),
        (.problem(Problem(.unavailable)), .inDoubt), (.problem(Problem(.inProgress)), .inDoubt),
        (.problem(Problem(.requestMalformed)), .waiting), (.problem(Problem(.notFound)), .waiting),
        (.value([:]), .inDoubt),
        (.value([Driver.id(1): .missing, Driver.id(2): .notBelieved(.signature)]), .inDoubt),
    ]

    @Test(arguments: answers)
    func `each answer to a batch leaves its operations safe`(
        _ answer: Answer<[OperationID: OperationVerdict]>, _ state: OperationState
    ) throws {
        var driver = Driver.connected([Driver.entry(1), Driver.entry(2)])
        let submission = try #require(driver.submissions.first)
        driver.tell(.submitted(submission.request, answer))
        for id in submission.ids {
            let change = try #require(driver.changes.filter { $0.operationID == id }.dropFirst(2).first)
            #expect(OperationState.inFlight.after(change.event) == .to(state))
            #expect(change.receipt == nil)
        }
    }

    /// Everything that can come back for a question, with the state of its operation.
    static let statuses: [(Answer<OperationVerdict>, OperationState)] = [
        (.value(.receipt(Driver.receipt(Driver.id(1)))), .applied),
        (.value(.problem(Problem(.claimedByAnotherTenant))), .rejected),
        (.value(.problem(Problem(.operationUnknown))), .ready),
        (.value(.problem(Problem(.unknownDevice))), .ready),
        (.value(.problem(Problem(.inProgress))), .ready), (.value(.missing), .inDoubt),
        (.value(.notBelieved(.otherOperation)), .inDoubt),
        (.problem(Problem(.operationUnknown)), .ready), (.problem(Problem(.signedOut)), .inDoubt),
        (.problem(Problem(.notAuthorised)), .inDoubt), (.problem(Problem(.unavailable)), .inDoubt),
        (.problem(Problem(.rateLimited)), .inDoubt), (.problem(Problem(.notFound)), .inDoubt),
        (.problem(Problem(.versionUnsupported)), .inDoubt),
        (.trouble(Driver.cut), .inDoubt), (.trouble(Driver.refused), .inDoubt),
        (.trouble(Driver.portal), .inDoubt),
    ]

    @Test(arguments: statuses)
    func `each answer to a question leads to its state`(
        _ answer: Answer<OperationVerdict>, _ state: OperationState
    ) throws {
        var driver = Driver.connected([Driver.entry(1, state: .inFlight)])
        let question = try #require(driver.questions.first)
        #expect(driver.events(of: Driver.id(1)) == [.answerLost])
        driver.tell(.statusAnswered(question.request, answer))
        let events = driver.events(of: Driver.id(1)).prefix { $0 != .sendStarted }
        var reached = OperationState.inFlight
        for event in events {
            if case .to(let next) = reached.after(event) { reached = next }
        }
        #expect(reached == state)
    }

    /// How the first contact finds an entry of each open state.
    static let openings: [(OperationState, [OperationEvent], asks: Bool)] = OperationState.allCases.filter(
        \.isOpen
    )
    .map { state in
        switch state {
        case .queued: (state, [.admitted, .sendStarted], false)
        case .blocked: (state, [.admitted, .sendStarted], false)
        case .ready: (state, [.sendStarted], false)
        case .waiting: (state, [.waitOver, .sendStarted], false)
        case .inFlight: (state, [.answerLost], true)
        case .inDoubt: (state, [], true)
        case .held, .rejected: (state, [], false)
        case .draft, .applied, .superseded, .withdrawn, .archived: (state, [], false)
        }
    }

    @Test(arguments: openings)
    func `a start takes each open state up where it stands`(
        _ state: OperationState, _ events: [OperationEvent], _ asks: Bool
    ) {
        let driver = Driver.connected([Driver.entry(1, state: state)])
        #expect(driver.events(of: Driver.id(1)) == events)
        #expect(driver.questions.isEmpty == !asks)
    }

    @Test func `an answer that comes twice, or to nobody, changes nothing`() throws {
        var driver = Driver.connected([Driver.entry(1)])
        let submission = try #require(driver.submissions.first)
        driver.tell(.submitted(submission.request, Driver.receipts(submission.ids)))
        let before = driver.changes
        driver.tell(.submitted(submission.request, Driver.receipts(submission.ids)))
        driver.tell(.submitted(submission.request, .trouble(Driver.cut)))
        driver.tell(.statusAnswered(submission.request, .trouble(Driver.cut)))
        driver.tell(.greeted(submission.request, .trouble(Driver.cut)))
        driver.tell(.changesPulled(RequestID(number: 99), .trouble(Driver.cut)))
        #expect(driver.changes == before)
    }

    @Test func `an unknown code is tried five times and then put before a person as it came`() throws {
        var problem = Problem(.unavailable)
        problem.code = "moon_phase"
        var driver = Driver.connected([Driver.entry(1)])
        var sent = 0
        for _ in 0..<200 where driver.lastChange(of: Driver.id(1))?.event != .refused {
            if let submission = driver.submissions.first {
                sent += 1
                driver.tell(.submitted(submission.request, Driver.problems(submission.ids, problem)))
            } else {
                driver.sleep()
            }
        }
        #expect(sent == 5)
        #expect(driver.lastChange(of: Driver.id(1))?.problem?.code == "moon_phase")
    }

    @Test func `one operation that spoils every request ends up alone before a person, the rest is applied`()
        throws
    {
        var driver = Driver.connected((1...40).map { Driver.entry($0) })
        var travelling = driver.submissions
        for _ in 0..<500 where driver.engine.needingAttention(at: driver.now).isEmpty {
            if travelling.isEmpty {
                driver.sleep()
            } else {
                let (request, ids, _) = travelling.removeFirst()
                let isSpoilt = ids.contains(Driver.id(17))
                driver.tell(
                    .submitted(
                        request,
                        isSpoilt ? .problem(Problem(.requestMalformed)) : Driver.receipts(ids)), after: 100)
            }
            travelling += driver.submissions
        }
        for (request, ids, _) in travelling { driver.tell(.submitted(request, Driver.receipts(ids))) }
        while let submission = driver.submissions.first {
            driver.tell(.submitted(submission.request, Driver.receipts(submission.ids)))
        }
        #expect(driver.engine.openCount == 1)
        #expect(driver.lastChange(of: Driver.id(17))?.event == .refused)
    }

    @Test func `what a person closed meanwhile is not sent`() throws {
        var driver = Driver()
        driver.tell(.signedIn(Driver.ana))
        driver.tell(.outboxRead([Driver.entry(1), Driver.entry(2)]))
        let greeting = RequestID(number: 1)
        driver.tell(.outboxRead([Driver.entry(2, state: .ready)]))
        driver.tell(.greeted(greeting, .value(Driver.hello)))
        #expect(driver.submissions.map(\.ids) == [[Driver.id(2)]])
    }
}
