import Canvas
import Credentials
import Foundation
import Intake
import Labels
import Model
import Screens
import TestSupport
import TestSupport
import Testing

/// The whole full screen without a terminal: keys and scans go in at times that the test says, requests are collected, and
/// answers are given by hand.
final class Stage {
    var state: AppState
    /// What was asked for and not taken yet, in its order.
    var requests: [Request] = []
    let reader = LabelReader.forTests()
    private var time: Int64 = 1000

    init(_ size: Size = .usual, work: WorkFacts = Stage.work, language: Language = .english) {
        state = AppState(
            size: size, language: language, now: Timestamp(milliseconds: 1_764_000_000_000),
            protected: SecretText(SecretBytes.of("")))
        give(.started)
        answer(.workLoaded(work))
    }

    func give(_ event: AppEvent) {
        requests += state.handle(event, reader: reader)
    }

    func answer(_ answer: Answer) { give(.answered(answer)) }

    /// A line of the linear mode.
    func line(_ text: String) { give(.line(SecretText(SecretBytes.of(text)))) }

    /// Lets time pass, so that what was typed is settled.
    func settle(_ milliseconds: Int64 = 400) {
        let end = time + milliseconds
        while let due = state.keyboard.deadline, due <= end {
            time = max(time, due)
            give(.ticked(milliseconds: time, wall: state.now))
        }
        time = end
        give(.ticked(milliseconds: time, wall: state.now))
    }

    func input(_ input: Input) { give(.input(TimedInput(input, milliseconds: time))) }

    /// Types as a person does: one character at a time, slowly.
    func type(_ text: String) {
        for scalar in text.unicodeScalars {
            time += 150
            input(.text(scalar))
            settle(150)
        }
    }

    func press(_ key: Key) {
        settle()
        input(.key(key))
    }

    /// A finger comes down and is lifted at the same place.
    func tap(_ point: CellPoint, milliseconds: Int64 = 80) {
        settle()
        input(.mouse(MouseEvent(.press, at: point)))
        time += milliseconds
        input(.mouse(MouseEvent(.release, at: point)))
    }

    func enter() { type("\r") }
    func escape() { type("\u{1B}") }

    /// Sends a payload as a wedge scanner does: fast, with Return at its end.
    func scan(_ payload: String, settling: Int64 = 400) {
        settle()
        for scalar in (payload + "\r").unicodeScalars {
            time += 5
            input(.text(scalar))
        }
        settle(settling)
    }

    /// The requests since the last call.
    func take() -> [Request] {
        defer { requests = [] }
        return requests
    }

    var screen: String { Renderer(state, reader).render().frame.text }

    /// Compares what is seen with a file that a person has read. `MUSTER_RECORD=1` writes it anew, and fails.
    func expect(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        Self.expect(
            screen + "\n", file: "\(name)-\(state.size.columns)x\(state.size.rows).txt",
            sourceLocation: sourceLocation)
    }

    static func expect(_ text: String, file name: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
        if ProcessInfo.processInfo.environment["MUSTER_RECORD"] != nil {
            do { try text.write(to: file, atomically: true, encoding: .utf8) } catch {
                Issue.record(error, sourceLocation: sourceLocation)
            }
            Issue.record(
                "\(name) was recorded; read it, and run again without MUSTER_RECORD",
                sourceLocation: sourceLocation)
        }
        let golden = try? String(contentsOf: file, encoding: .utf8)
        #expect(text == golden, "\(name)", sourceLocation: sourceLocation)
    }
}

extension Stage {
    static let acme = TenantID(trusted: "acme")
    static let oslo = SiteID(trusted: "oslo-1")

    static let job = Job(
        jobID: JobID(trusted: "J-1"), tenant: acme, site: oslo, name: "Basement, Zürich 日本",
        due: CivilDate("2026-12-01"),
        positionRule: .listed,
        expected: [
            ExpectedDevice(position: "rack-1", fields: ["serial": "SN-1001"]),
            ExpectedDevice(position: "rack-2", fields: ["serial": "SN-1002"]),
            ExpectedDevice(position: "rack-3", fields: ["serial": "SN-1003"]),
        ])

    static let work = WorkFacts(
        session: session, sessions: [session],
        tenants: [Tenant(tenantID: acme, name: "Acme Ltd")],
        sites: [
            Site(siteID: oslo, tenant: acme, name: "Oslo, basement"),
            Site(siteID: SiteID(trusted: "bergen-2"), tenant: acme, name: "Bergen"),
        ],
        products: [
            Product(productID: Product.genericID, name: "Any device", admission: .open),
            Product(
                productID: ProductID(trusted: "gateway"), name: "Gateway",
                labelFields: ["gtin": "09501101530003"]),
        ],
        jobs: [JobSummary(job: job, counts: JobProgress(of: job).counts)],
        counts: MarkCounts(saved: 2, sent: 0, confirmed: 12, needsYou: 1))

    static let session = SessionFact(
        operatorID: OperatorID(trusted: "jk"), registrar: RegistrarID(trusted: "r-1"),
        registrarName: "Acme devices",
        isEmbedded: false)
}
