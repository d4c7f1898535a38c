import Credentials
import Model
import Registrar
import TestSupport
import Testing
import Wire

@Suite struct JobTests {
    static let job = Job(
        jobID: JobID(trusted: "WO-7"), tenant: RegistrarFixture.acme, site: RegistrarFixture.oslo,
        name: "Hall",
        due: CivilDate(year: 2026, month: 12, day: 24), product: RegistrarFixture.product,
        positionRule: .numbered(pattern: "rack-{n}", start: 2),
        expected: [
            ExpectedDevice(
                position: "rack-1", product: RegistrarFixture.product, fields: ["serial": "SN-1"],
                note: "first"),
            ExpectedDevice(),
        ])

    private func changed(_ change: (inout Job) -> Void) -> Job {
        var job = Self.job
        change(&job)
        return job
    }

    private func add(_ fixture: RegistrarFixture, _ jobs: [Job], as person: String = "support") async throws
        -> APIResponse
    {
        await fixture.ask(.add(.jobs), as: person, body: try CanonicalJSON.encode(Items(items: jobs)))
    }

    private func close(
        _ fixture: RegistrarFixture, as person: String = "support", tenant: TenantID = RegistrarFixture.acme
    ) async -> Int {
        await fixture.ask(.closeJob(Self.job.jobID, tenant: tenant), as: person).status
    }

    private func seen(_ fixture: RegistrarFixture, by person: String) async throws -> [JobID] {
        let list: Items<Job> = try await fixture.get(.list(.jobs), as: person)
        return list.items.map(\.jobID)
    }

    /// Somebody of acme whose work is limited to another site than the job's.
    private func addPerson(_ fixture: RegistrarFixture, _ id: String, _ role: Role) async throws -> Redacted<
        String
    > {
        let bergen = Site(siteID: SiteID(trusted: "bergen"), tenant: RegistrarFixture.acme, name: "Bergen")
        let sites = await fixture.ask(
            .add(.sites), as: "admin", body: try CanonicalJSON.encode(Items(items: [bergen])))
        try #require(sites.status == 200)
        let person = Operator(
            operatorID: OperatorID(trusted: id), name: id, role: role, tenants: [RegistrarFixture.acme],
            sites: [bergen.siteID])
        let response = await fixture.ask(
            .add(.operators), as: "admin", body: try CanonicalJSON.encode(Items(items: [person])))
        let issued = try CanonicalJSON.decode(Items<IssuedOperator>.self, from: response.body).items
        return Redacted(try #require(issued.first).token)
    }

    @Test(arguments: [("admin", 200), ("support", 200), ("installer", 403), ("auditor", 403), ("zoe", 404)])
    func `who serves the tenant plans, and nobody else`(_ person: String, _ status: Int) async throws {
        let fixture = try await RegistrarFixture()
        #expect(try await add(fixture, [Self.job], as: person).status == status)
        _ = try await add(fixture, [Self.job], as: "admin")
        #expect(await close(fixture, as: person) == status)
        #expect(try await seen(fixture, by: "admin").isEmpty == (status == 200))
    }

    @Test func `a job is seen by its tenant and by nobody else, in lists, feeds and pairings`() async throws {
        let fixture = try await RegistrarFixture()
        #expect(try await add(fixture, [Self.job]).status == 200)
        for person in ["admin", "support", "installer", "auditor"] {
            #expect(try await seen(fixture, by: person) == [Self.job.jobID], "\(person)")
        }
        #expect(try await seen(fixture, by: "zoe").isEmpty)
        let theirs: Changes = try await fixture.get(
            .changes(cursor: nil, tenant: RegistrarFixture.zebra), as: "zoe")
        #expect(theirs.catalogue?.jobs == [])
        #expect(await close(fixture, as: "zoe", tenant: RegistrarFixture.zebra) == 404)
        let pairing = try await fixture.registrar.pairing(
            for: OperatorID(trusted: "installer"), url: "https://127.0.0.1:1")
        #expect(pairing.catalogues.map(\.jobs) == [[Self.job]])
        let other = try await fixture.registrar.pairing(
            for: OperatorID(trusted: "zoe"), url: "https://127.0.0.1:1")
        #expect(other.catalogues.map(\.jobs) == [[]])
    }

    @Test func `who is limited to a site sees and plans the jobs of that site only`() async throws {
        let fixture = try await RegistrarFixture()
        #expect(try await add(fixture, [Self.job]).status == 200)
        let token = try await addPerson(fixture, "bo", .support)
        let mine = changed { ($0.jobID, $0.site) = (JobID(trusted: "WO-8"), SiteID(trusted: "bergen")) }
        func ask(_ route: Route, _ body: [UInt8] = []) async -> APIResponse {
            await fixture.registrar.handle(route.request(token: token, body: body))
        }
        let both = try CanonicalJSON.encode(
            Items(items: [mine, changed { $0.jobID = JobID(trusted: "WO-9") }]))
        #expect(await ask(.add(.jobs), both).status == 403)
        let one = try CanonicalJSON.encode(Items(items: [mine]))
        #expect(await ask(.add(.jobs), one).status == 200)
        let list = try CanonicalJSON.decode(Items<Job>.self, from: await ask(.list(.jobs)).body)
        #expect(list.items == [mine])
        let changes = try CanonicalJSON.decode(
            Changes.self, from: await ask(.changes(cursor: nil, tenant: RegistrarFixture.acme)).body)
        #expect(changes.catalogue?.jobs == [mine])
        #expect(await ask(.closeJob(Self.job.jobID, tenant: RegistrarFixture.acme)).status == 403)
        #expect(await ask(.closeJob(mine.jobID, tenant: RegistrarFixture.acme)).status == 200)
    }

    @Test func `adding and closing wake the feed once, and a closed job leaves it for good`() async throws {
        let fixture = try await RegistrarFixture()
        func page(_ cursor: String?) async throws -> Changes {
            try await fixture.get(.changes(cursor: cursor, tenant: RegistrarFixture.acme))
        }
        let start = try await page(nil)
        #expect(try await add(fixture, [Self.job]).status == 200)
        let added = try await page(start.nextCursor)
        #expect(added.catalogue?.jobs == [Self.job])
        #expect(try await add(fixture, [Self.job]).status == 200)
        #expect(try await page(added.nextCursor).catalogue == nil)
        #expect(await close(fixture) == 200)
        let closed = try await page(added.nextCursor)
        #expect(closed.catalogue?.jobs == [])
        #expect(await close(fixture) == 200)
        #expect(try await page(closed.nextCursor).catalogue == nil)
        #expect(try await add(fixture, [Self.job]).status == 409)
        #expect(try await seen(fixture, by: "admin").isEmpty)
    }

    @Test func `adding and closing are in the audit, each once and with who did it`() async throws {
        let fixture = try await RegistrarFixture()
        _ = try await add(fixture, [Self.job])
        _ = try await add(fixture, [Self.job])
        for _ in 1...2 { _ = await close(fixture, as: "admin") }
        let page: AuditPage = try await fixture.get(.audit(after: 0), as: "auditor")
        let entries = page.entries.filter { $0.action.hasPrefix("job_") }
        #expect(entries.map(\.action) == ["job_added", "job_closed"])
        #expect(entries.map(\.subject) == ["acme/WO-7", "acme/WO-7"])
        #expect(entries.map { $0.actor?.rawValue } == ["support", "admin"])
        #expect(try await fixture.registrar.verifyAudit().broken == nil)
    }

    @Test func `a job that cannot be is refused with its reason, and of a list nothing is added`()
        async throws
    {
        let fixture = try await RegistrarFixture()
        let unknown = ProductID(trusted: "unknown")
        let faults: [(Job, Int, String)] = [
            (changed { $0.site = SiteID(trusted: "moon") }, 404, "moon"),
            (changed { $0.tenant = TenantID(trusted: "nobody") }, 404, "nobody"),
            (changed { $0.product = unknown }, 400, "unknown"),
            (changed { $0.expected[1].product = unknown }, 400, "unknown"),
            (changed { $0.name = " " }, 400, "name"),
            (changed { $0.positionRule = .numbered(pattern: "rack", start: 1) }, 400, "{n}"),
            (changed { $0.positionRule = .numbered(pattern: "{n}{n}", start: 1) }, 400, "{n}"),
            (changed { $0.positionRule = .numbered(pattern: "{n}", start: -1) }, 400, "start"),
            (changed { ($0.positionRule, $0.expected) = (.listed, []) }, 400, "position"),
            (changed { $0.expected[1].position = "rack-1" }, 400, "twice"),
            (
                changed {
                    $0.expected.append($0.expected[0]); $0.expected[2].position = nil
                }, 400, "twice"
            ),
            (changed { $0.expected[1].fields = ["gtin": "1"] }, 400, "line 2"),
            (changed { $0.expected[1].position = "" }, 400, "empty"),
            (changed { $0.expected[1].note = String(repeating: "x", count: 2000) }, 400, "note"),
        ]
        let good = changed { $0.jobID = JobID(trusted: "WO-1") }
        for (job, status, word) in faults {
            let response = try await add(fixture, [good, job], as: "admin")
            #expect(response.status == status, "\(word)")
            let detail = try CanonicalJSON.decode(Problem.self, from: response.body).detail
            #expect(detail.contains(word), "\(detail)")
        }
        #expect(try await add(fixture, [Self.job]).status == 200)
        #expect(try await add(fixture, [changed { $0.name = "Other" }]).status == 409)
        #expect(try await seen(fixture, by: "admin") == [Self.job.jobID])
    }

    @Test func `open jobs stay within what one answer of the feed carries`() async throws {
        let fixture = try await RegistrarFixture()
        func long(_ id: String) -> Job {
            changed { job in
                job.jobID = JobID(trusted: id)
                job.expected = (0..<10_000).map {
                    ExpectedDevice(fields: ["serial": "\(id)-SERIAL-\(1_000_000 + $0)-OF-A-LONG-KIND-XX"])
                }
            }
        }
        for id in ["A", "B", "C"] { #expect(try await add(fixture, [long(id)]).status == 200, "\(id)") }
        let refused = try await add(fixture, [long("D")])
        #expect(refused.status == 413)
        let feed = await fixture.ask(.changes(cursor: nil, tenant: RegistrarFixture.acme))
        #expect(feed.status == 200 && feed.body.count < 4 << 20)
        var tooLong = long("E")
        tooLong.expected.append(ExpectedDevice())
        #expect(try await add(fixture, [tooLong]).status == 400)
    }
}
