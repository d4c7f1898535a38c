import Model
import Testing

@Suite struct JobProgressTests {
    private static let lamp = ProductID(trusted: "lamp")
    private static let meter = ProductID(trusted: "meter")
    private static let hall = SiteID(trusted: "hall")

    private static func job(
        _ rule: PositionRule = .listed, product: ProductID? = nil, _ expected: [ExpectedDevice]
    ) -> Job {
        Job(
            jobID: JobID(trusted: "WO-7"), tenant: TenantID(trusted: "acme"), site: hall, name: "Hall",
            product: product, positionRule: rule, expected: expected)
    }

    private static func job(_ expected: [ExpectedDevice]) -> Job { job(.listed, expected) }

    private static func named(_ serial: String, at position: String? = nil) -> ExpectedDevice {
        ExpectedDevice(position: position, product: lamp, fields: ["serial": serial])
    }

    private static func slot(_ position: String?, _ product: ProductID? = lamp) -> ExpectedDevice {
        ExpectedDevice(position: position, product: product)
    }

    private static func identity(_ serial: String, _ product: ProductID? = lamp) -> DeviceIdentity {
        DeviceIdentity(product: product, fields: ["serial": serial])
    }

    private static func device(
        _ serial: String, at position: String? = nil, _ mark: OperationMark = .confirmed, isOfJob: Bool = true
    ) -> JobDevice {
        JobDevice(
            lane: .serial(serial, of: lamp), identity: identity(serial), position: position, mark: mark,
            isOfJob: isOfJob)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var job: Job
        var devices: [JobDevice] = []
        var asked: DeviceIdentity
        var match: JobMatch
        /// Where the device goes when nobody says otherwise.
        var position: String?
        var testDescription: String { name }
    }

    private static let cases: [Case] = [
        Case(
            name: "named with a position", job: job([named("A", at: "p1"), named("B", at: "p2")]),
            asked: identity("B"), match: .expectedAt(position: "p2", line: 1), position: "p2"),
        Case(
            name: "named without a position", job: job([named("A", at: "p1"), named("B")]),
            asked: identity("B"), match: .expected(line: 1), position: nil),
        Case(
            name: "named without a position takes the first open place of the list",
            job: job([named("A", at: "p1"), slot("p2"), named("B")]), asked: identity("B"),
            match: .expected(line: 2), position: "p2"),
        Case(
            name: "a place for any device of the product", job: job([slot("p1"), slot("p2")]),
            devices: [device("A", at: "p1")], asked: identity("B"),
            match: .expectedAt(position: "p2", line: 1), position: "p2"),
        Case(
            name: "no place for a device of another product", job: job([slot("p1", meter)]),
            asked: identity("B"), match: .notInJob, position: nil),
        Case(
            name: "a place for a product takes nobody whose product is not known",
            job: job([slot("p1", meter)]),
            asked: identity("B", nil), match: .notInJob, position: nil),
        Case(
            name: "but a place for the job's own product does",
            job: job(.listed, product: meter, [slot("p1", nil), slot("p2", lamp)]), asked: identity("B", nil),
            match: .expectedAt(position: "p1", line: 0), position: "p1"),
        Case(
            name: "the serial of another product is another device", job: job([named("A", at: "p1")]),
            asked: identity("A", meter), match: .notInJob, position: nil),
        Case(
            name: "a serial without its product is believed", job: job([named("A", at: "p1")]),
            asked: identity("A", nil), match: .expectedAt(position: "p1", line: 0), position: "p1"),
        Case(
            name: "a MAC is the same however it is written",
            job: job([ExpectedDevice(position: "p1", fields: ["mac": "00-00-5e-00-53-05"])]),
            asked: DeviceIdentity(fields: ["mac": "00:00:5E:00:53:05", "serial": "X"]),
            match: .expectedAt(position: "p1", line: 0), position: "p1"),
        Case(
            name: "one identifier agrees and another contradicts",
            job: job([ExpectedDevice(fields: ["serial": "A", "mac": "00:00:5E:00:53:05"])]),
            asked: DeviceIdentity(fields: ["mac": "00:00:5E:00:53:06", "serial": "A"]), match: .notInJob,
            position: nil),
        Case(
            name: "done already", job: job([named("A", at: "p1")]), devices: [device("A", at: "p9", .saved)],
            asked: identity("A"), match: .alreadyDone(line: 0, position: "p9"), position: "p9"),
        Case(
            name: "closed by a person is open again", job: job([named("A", at: "p1")]),
            devices: [device("A", at: "p1", .closed)], asked: identity("A"),
            match: .expectedAt(position: "p1", line: 0), position: "p1"),
        Case(
            name: "a device of the site fulfils its line", job: job([named("A", at: "p1")]),
            devices: [device("A", at: "p1", isOfJob: false)], asked: identity("A"),
            match: .alreadyDone(line: 0, position: "p1"), position: "p1"),
        Case(
            name: "a job without a list takes every device",
            job: job(.numbered(pattern: "r-{n}", start: 3), []),
            devices: [device("A", at: "r-3"), device("B", at: "r-5", isOfJob: false)], asked: identity("C"),
            match: .expected(line: nil), position: "r-4"),
        Case(
            name: "a job without a list takes its product only", job: job(.free, product: meter, []),
            asked: identity("C"), match: .notInJob, position: nil),
        Case(
            name: "a number that the list keeps for a device is not free",
            job: job(.numbered(pattern: "r-{n}", start: 1), [named("A", at: "r-1"), named("B")]),
            asked: identity("B"), match: .expected(line: 1), position: "r-2"),
        Case(
            name: "a surprise gets a number too",
            job: job(.numbered(pattern: "r-{n}", start: 1), [named("A")]),
            asked: identity("Z"), match: .notInJob, position: "r-1"),
        Case(
            name: "no positions, none given", job: job(.none, [named("A")]), asked: identity("A"),
            match: .expected(line: 0), position: nil),
    ]

    @Test(arguments: cases) func `what the list says of a device, and where it goes`(_ example: Case) {
        let progress = JobProgress(of: example.job, devices: example.devices)
        #expect(progress.match(example.asked) == example.match)
        #expect(progress.position(for: example.match) == example.position)
        #expect(example.job.expected(for: example.asked, given: example.devices) == example.match)
    }

    @Test func `each line has the state of its device, and surprises are counted apart`() {
        let list = ["A", "B", "C", "D", "E"].map { Self.named($0) } + [Self.slot("p6")]
        let job = Self.job(.listed, list)
        var progress = JobProgress(
            of: job,
            devices: [
                Self.device("Z", .saved), Self.device("B", .saved), Self.device("A"),
                Self.device("C", .needsYou), Self.device("D", .sent), Self.device("Y"),
                Self.device("X", at: "cellar", isOfJob: false),
            ])
        #expect(progress.lines.map(\.state) == [.done, .saved, .needsPerson, .saved, .open, .saved])
        #expect(progress.unexpected.map(\.identity.displayName) == ["Y"])
        #expect(
            progress.counts
                == JobCounts(expected: 6, open: 1, saved: 3, needsPerson: 1, done: 1, unexpected: 1))
        progress.add(Self.device("B"))
        progress.add(Self.device("Z", .closed))
        #expect(progress.lines.map(\.state) == [.done, .done, .needsPerson, .saved, .open, .open])
        progress.add(Self.device("Y", at: "p6"))
        #expect(progress.unexpected.isEmpty && progress.lines[5].device?.identity.displayName == "Y")
    }

    private static func findings(
        _ job: Job, _ serial: String, at position: String?, site: SiteID? = hall,
        given devices: [JobDevice] = []
    ) -> [CommissioningFinding] {
        JobProgress(of: job, devices: devices).findings(
            of: identity(serial), site: site, position: position)
    }

    @Test func `what differs from the job is told and blocks nothing`() {
        let job = Self.job([Self.named("A", at: "p1"), Self.named("B", at: "p2")])
        #expect(Self.findings(job, "A", at: "p1") == [])
        #expect(Self.findings(job, "A", at: "p3") == [.anotherPositionExpected("p1")])
        #expect(Self.findings(job, "Z", at: nil) == [.notInJob(job.jobID)])
        let there = [Self.device("B", at: "p1")]
        #expect(Self.findings(job, "A", at: "p1", given: there) == [.positionTaken("p1", by: "B")])
        #expect(Self.findings(job, "B", at: "p1", given: there) == [.anotherPositionExpected("p2")])
        #expect(
            Self.findings(job, "A", at: "p1", site: SiteID(trusted: "roof"), given: there)
                == [.anotherSiteExpected(Self.hall)])
        let all: [CommissioningFinding] = [
            .jobNotInCatalogue(job.jobID), .notInJob(job.jobID), .anotherSiteExpected(Self.hall),
            .anotherPositionExpected("p1"), .positionTaken("p1", by: "B"),
        ]
        #expect(all.allSatisfy { !$0.blocks && $0.explanation.nextStep.hasSuffix(".") })
        #expect(Set(all.map(\.explanation.id)).count == all.count)
    }

    @Test func `a device whose label does not say its product has that of its line, else of the job`() {
        let job = Self.job(
            .free, product: Self.meter,
            [Self.named("A"), ExpectedDevice(fields: ["serial": "B"])])
        let progress = JobProgress(of: job)
        #expect(progress.product(of: Self.identity("A", nil)) == Self.lamp)
        #expect(progress.product(of: Self.identity("B", nil)) == Self.meter)
        #expect(progress.product(of: Self.identity("C", nil)) == Self.meter)
    }

    @Test func `a list of ten thousand is worked off in order, by name and by place`() {
        let list = (0..<10_000).map {
            $0.isMultiple(of: 2) ? Self.named("N\($0)") : Self.slot("p\($0)")
        }
        var progress = JobProgress(of: Self.job(.listed, list))
        for number in list.indices {
            let identity = Self.identity(number.isMultiple(of: 2) ? "N\(number)" : "S\(number)")
            let match = progress.match(identity)
            let position = number.isMultiple(of: 2) ? nil : progress.position(for: match)
            if !number.isMultiple(of: 2) {
                #expect(match == .expectedAt(position: "p\(number)", line: number))
            }
            progress.add(Self.device(identity.displayName, at: position))
        }
        #expect(progress.counts.done == 10_000 && progress.nextPosition == nil)
    }
}
