import Model
import RegistrarCore
import TestSupport
import Testing

@Suite struct AccessTests {
    private let note = OperationBody.note(OperationBody.Note(text: "x"))

    @Test func `an auditor changes nothing and an installer browses nothing`() {
        let own = Cast.records(Cast.device(tenant: Cast.acme))
        #expect(
            Cast.decide(Cast.operation(note), by: Cast.person(.auditor), given: own).code == .notAuthorised)
        #expect(Cast.decide(Cast.operation(note), by: Cast.person(.installer), given: own).effect != nil)
        let device = Cast.device(tenant: Cast.acme)
        #expect(!Cast.person(.installer).sees(device, at: Cast.now))
        #expect(Cast.person(.auditor).sees(device, at: Cast.now))
    }

    @Test(arguments: Role.allCases)
    func `support and administrators plan jobs, everybody sees those of her sites`(
        _ role: Role
    ) {
        let plans = role == .support || role == .admin
        func mayPlan(_ person: Operator, _ tenant: TenantID, _ site: SiteID) -> Bool {
            authorise(.plan(tenant, .site(site)), of: person, at: Cast.now) == nil
        }
        func job(_ tenant: TenantID, _ site: SiteID) -> Job {
            Job(jobID: JobID(trusted: "WO-1"), tenant: tenant, site: site, name: "x")
        }
        let (person, limited) = (Cast.person(role), Cast.person(role, sites: [Cast.bergen]))
        #expect(mayPlan(person, Cast.acme, Cast.oslo) == plans)
        #expect(mayPlan(limited, Cast.acme, Cast.bergen) == plans)
        #expect(mayPlan(limited, Cast.acme, Cast.oslo) == (role == .admin))
        #expect(mayPlan(person, Cast.other, Cast.oslo) == (role == .admin))
        #expect(person.sees(job(Cast.acme, Cast.oslo), at: Cast.now))
        #expect(limited.sees(job(Cast.acme, Cast.bergen), at: Cast.now))
        #expect(limited.sees(job(Cast.acme, Cast.oslo), at: Cast.now) == (role == .admin))
        #expect(person.sees(job(Cast.other, Cast.oslo), at: Cast.now) == (role == .admin))
        let ended = Cast.person(role, validUntil: Cast.now)
        #expect(!mayPlan(ended, Cast.acme, Cast.oslo) && !ended.sees(job(Cast.acme, Cast.oslo), at: Cast.now))
    }

    @Test func `who is limited to a site works at that site only, and not on devices of another`() {
        let person = Cast.person(.installer, sites: [Cast.bergen])
        let atOslo = Cast.records(Cast.device(tenant: Cast.acme, site: Cast.oslo))
        let free = Cast.records(Cast.device())
        #expect(
            Cast.decide(Cast.operation(Cast.claim(), site: Cast.oslo), by: person, given: free).code
                == .notAuthorised)
        #expect(
            Cast.decide(Cast.operation(Cast.claim()), by: person, given: free).code == .notAuthorised)
        #expect(
            Cast.decide(Cast.operation(Cast.claim(), site: Cast.bergen), by: person, given: free).effect
                != nil)
        #expect(
            Cast.decide(Cast.operation(note, site: Cast.bergen), by: person, given: atOslo).code
                == .notAuthorised)
        let place = OperationBody.place(OperationBody.Place(site: Cast.oslo))
        let atBergen = Cast.records(Cast.device(tenant: Cast.acme, site: Cast.bergen))
        #expect(
            Cast.decide(Cast.operation(place, site: Cast.bergen), by: person, given: atBergen).code
                == .notAuthorised)
    }

    @Test func `a permission ends at its time`() {
        let person = Cast.person(validUntil: Cast.now)
        #expect(
            Cast.decide(Cast.operation(Cast.claim()), by: person, given: Cast.records()).code == .signedOut)
    }

    @Test func `another's operation is not sent for them, and that is not kept under its id`() {
        var person = Cast.person()
        person.operatorID = OperatorID(trusted: "somebody")
        let decision = Cast.decide(Cast.operation(Cast.claim()), by: person, given: Cast.records())
        #expect(decision.code == .operatorMismatch && decision.refusal?.isRecorded == false)
    }

    /// Whatever the role, the device, the site and the operation: nothing of another tenant is read, changed or named.
    @Test func `no combination crosses a tenant's border`() throws {
        var random = SeededRandom(seed: 42)
        let bodies: [OperationBody] = [
            Cast.claim(), note, .place(OperationBody.Place(site: Cast.oslo)),
            .release(OperationBody.Release(reason: "x")),
            .provision(OperationBody.Provision(certificateRequest: "AQID")),
        ]
        for _ in 0..<3000 {
            let role = try #require([Role.installer, .support, .auditor].randomElement(using: &random))
            let person = Cast.person(
                role, of: [Cast.acme], sites: Bool.random(using: &random) ? [Cast.oslo] : [])
            let foreign = Cast.device(
                tenant: Cast.other, site: Bool.random(using: &random) ? Cast.oslo : nil,
                version: Int.random(in: 1...9, using: &random))
            let body = try #require(bodies.randomElement(using: &random))
            let tenant = Bool.random(using: &random) ? Cast.acme : Cast.other
            let operation = Cast.operation(
                body, tenant: tenant, site: Bool.random(using: &random) ? Cast.oslo : nil)
            let decision = Cast.decide(operation, by: person, given: Cast.records(foreign))
            #expect(decision.effect == nil)
            if tenant == Cast.acme { #expect(!"\(decision)".contains(Cast.other.rawValue)) }
            #expect(!person.sees(foreign, at: Cast.now))
            #expect(!person.follows(foreign, of: Cast.acme, handled: true, at: Cast.now))
            #expect(authorise(.follow(Cast.other), of: person, at: Cast.now) != nil)
            #expect(authorise(.audit(Cast.other), of: person, at: Cast.now) != nil)
            #expect(authorise(.administer, of: person, at: Cast.now) != nil)
        }
    }

    @Test func `texts and numbers of an operation have bounds`() {
        let own = Cast.records(Cast.device(tenant: Cast.acme))
        for body in [
            OperationBody.note(OperationBody.Note(text: String(repeating: "x", count: 5000))),
            .note(OperationBody.Note(text: "")), .release(OperationBody.Release(reason: "")),
        ] {
            #expect(Cast.decide(Cast.operation(body), given: own).code == .operationMalformed)
        }
        #expect(Cast.decide(Cast.operation(note, sequence: 0), given: own).code == .operationMalformed)
        var newer = Cast.operation(note)
        newer.version = 2
        #expect(Cast.decide(newer, given: own).code == .versionUnsupported)
        var long = Cast.operation(note)
        long.site = SiteID(trusted: "nowhere")
        #expect(Cast.decide(long, given: own).code == .unknownSite)
    }
}
