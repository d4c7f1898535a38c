import Canvas
import Credentials
import Intake
import Labels
import Model
import Preview
import Screens
import TestSupport

/// Every screen in its normal, problem and busy states, each reached as a person reaches it or with the state it would have.
struct Scene: Sendable {
    let name: String
    let enact: @Sendable (Stage) -> Void

    static let all: [Scene] =
        home + capture + batch + outbox + devices + handOvers + proofs + witnesses + signIns + settings

    // MARK: Home

    private static let home: [Scene] = [
        Scene(name: "home") { _ in },
        Scene(name: "home-offline") { $0.answer(.networkChanged(.offline(unreachable))) },
        Scene(name: "home-jobs") { stage in
            var work = Stage.work
            var second = Stage.job
            second.name = "Roof"
            work.jobs.append(JobSummary(job: second, counts: JobProgress(of: second).counts))
            stage.answer(.workLoaded(work))
        },
        Scene(name: "home-resuming") { stage in
            stage.state = AppState(
                size: stage.state.size, keepsake: Keepsake(inBatch: true), now: stage.state.now,
                protected: SecretText(SecretBytes.of("")))
            stage.give(.started)
        },
        Scene(name: "home-empty") { stage in
            stage.answer(.workLoaded(WorkFacts(session: Stage.session, sessions: [Stage.session])))
        },
        Scene(name: "job") { stage in
            stage.enter()
            stage.answer(.jobLoaded(progress))
        },
        Scene(name: "job-loading") { $0.enter() },
        Scene(name: "unlock") { $0.type("8") },
        Scene(name: "unlock-two") { stage in
            var work = Stage.work
            work.sessions.append(
                SessionFact(
                    operatorID: OperatorID(trusted: "mm"), registrar: RegistrarID(trusted: "r-2"),
                    registrarName: "This machine", isEmbedded: true))
            stage.answer(.workLoaded(work))
            stage.type("8")
        },
        Scene(name: "lock") { stage in
            stage.answer(.workLoaded(locked))
            stage.type("tisch pferd")
        },
        Scene(name: "lock-opening") { stage in
            stage.answer(.workLoaded(locked))
            stage.type("tisch pferd lampe")
            stage.enter()
        },
        Scene(name: "lock-wrong") { stage in
            stage.answer(.workLoaded(locked))
            stage.type("falsch")
            stage.enter()
            stage.answer(.failed(VaultError.wrongPassphrase(triesLeft: 9).explanation))
        },
        Scene(name: "help") { $0.type("0") },
    ]

    static let locked: WorkFacts = {
        var work = Stage.work
        work.session?.vault = .locked
        return work
    }()

    static let unreachable = Explanation(
        id: "registrar_unreachable", what: "The registrar was not reached, saved work stays here.",
        nextStep: "It is sent by itself when there is a network.")

    private static var progress: JobProgress {
        let fields = ["serial": "SN-1001"]
        return JobProgress(
            of: Stage.job,
            devices: [
                JobDevice(
                    lane: .serial("SN-1001", of: nil), identity: DeviceIdentity(fields: fields),
                    position: "rack-1",
                    mark: .confirmed),
                JobDevice(
                    lane: .serial("SN-1002", of: nil),
                    identity: DeviceIdentity(fields: ["serial": "SN-1002"]),
                    position: "rack-2", mark: .needsYou),
                JobDevice(
                    lane: .serial("Zürich-日本", of: nil),
                    identity: DeviceIdentity(fields: ["serial": "Zürich-日本"]),
                    position: "rack-7", mark: .saved),
            ])
    }

    // MARK: One device

    private static let capture: [Scene] = [
        Scene(name: "capture") { $0.type("1") },
        Scene(name: "capture-typing") { stage in
            stage.type("1")
            stage.type("SN-10é日本")
        },
        Scene(name: "capture-camera") { stage in
            stage.type("1")
            stage.press(.f(1))
            stage.answer(.cameraSees(CameraSight(picture: picture, hints: [.tooDark], hasTorch: true)))
        },
        Scene(name: "capture-refused") { stage in
            stage.type("1")
            stage.scan("(01)09501101530004(21)X")
        },
        Scene(name: "identify") {
            $0.scan("LW:D0:00005EEF10000080:00005EEF10000001:000A0001:OC7F2A94D:SNLS-000101:C670B")
        },
        Scene(name: "identify-nearest") { stage in
            stage.enter()
            stage.answer(.jobLoaded(progress))
            stage.type("2")
            stage.type("SN-1010")
            stage.enter()
        },
        Scene(name: "identify-odd") { $0.scan("http://example.com/01/9501101530003/21/GW-1") },
        Scene(name: "check-busy") { stage in
            stage.scan("(01)09501101530003(21)GW-1")
            stage.enter()
        },
        Scene(name: "check") { check($0, []) },
        Scene(name: "check-findings") { stage in
            check(
                stage,
                [
                    .alreadyClaimed(site: Stage.oslo), .clockWrong(offsetMilliseconds: 400_000),
                    .notInJob(Stage.job.jobID),
                ])
        },
        Scene(name: "check-blocked") { check($0, [.noSingleDevice]) },
        Scene(name: "check-failed") { stage in
            check(stage, [])
            stage.enter()
            let full = Explanation(
                id: "store_full", what: "Nothing was saved: the disk is full.",
                nextStep: "Free space, then save again.")
            stage.answer(.saveFailed(ticket: 2, full))
        },
        Scene(name: "done") { done($0, mark: .saved) },
        Scene(name: "done-confirmed") { done($0, mark: .confirmed) },
        Scene(name: "done-refused") { done($0, mark: .needsYou) },
        Scene(name: "receipt") { stage in
            done(stage, mark: .confirmed)
            stage.type("2")
            stage.answer(.receiptDrawn(.test(1), code: code))
        },
    ]

    private static let picture: View.Pixels = {
        let pixels = (0..<60 * 24).map { (index: Int) -> UInt8 in UInt8(index % 60 * 4) }
        let frame = GrayFrame(width: 60, height: 24, pixels: pixels, sequence: 1, capturedAtMilliseconds: 0)
        let outline = (10..<30).map { PreviewCell(column: $0, row: 3) }
        return View.Pixels(frame: frame, outline: outline)
    }()

    private static let code: [[Bool]] = (0..<21).map { (row: Int) -> [Bool] in
        (0..<21).map { (column: Int) -> Bool in (column * row + column) % 3 == 0 }
    }

    private static func check(_ stage: Stage, _ findings: [CommissioningFinding]) {
        stage.scan("(01)09501101530003(21)GW-1")
        stage.enter()
        stage.answer(.checked(ticket: 1, CheckFacts(lane: .serial("GW-1", of: nil), findings: findings)))
    }

    private static func done(_ stage: Stage, mark: OperationMark) {
        check(stage, [])
        stage.enter()
        let lane = DeviceIdentifier.serial("GW-1", of: ProductID(trusted: "gateway"))
        stage.answer(.saved(ticket: 2, SavedFacts(lane: lane, name: "GW-1", operations: [.test(1)])))
        stage.answer(.operationsLoaded([row(1, mark)]))
    }

    static func row(_ number: Int, _ mark: OperationMark, code: ProblemCode = .claimedByAnotherTenant)
        -> OutboxRow
    {
        let lane = DeviceIdentifier.serial("GW-\(number)", of: ProductID(trusted: "gateway"))
        var row = OutboxRow(
            operationID: .test(number), summary: "Claim GW-\(number)", mark: mark, state: .toBeSent,
            lane: lane,
            tenant: Stage.acme, site: Stage.oslo, operatorID: OperatorID(trusted: "jk"),
            savedAt: Timestamp(milliseconds: 1_764_000_000_000),
            canWithdraw: mark == .saved || mark == .needsYou)
        switch mark {
        case .needsYou:
            (row.problem, row.state, row.canRetry) = (Problem(code), .refused, true)
        case .confirmed:
            row.state = .receipt("00\(number)")
            row.receipt = Receipt(
                registrar: RegistrarID(trusted: "r-1"), operationID: .test(number), payloadHash: .zero,
                outcome: .claimed,
                deviceID: DeviceID(trusted: "d-1"), deviceVersion: 1,
                appliedAt: Timestamp(milliseconds: 1_764_000_060_000), receiptSequence: 7, auditHead: .zero)
        case .saved, .sent, .closed: break
        }
        return row
    }

    // MARK: Batch

    private static let batch: [Scene] = [
        Scene(name: "setup") { $0.type("2") },
        Scene(name: "choice-site") { stage in
            stage.type("2")
            stage.type("3")
        },
        Scene(name: "batch-empty") { batchOfJob($0) },
        Scene(name: "batch") { stage in
            batchOfJob(stage)
            for (number, serial) in ["SN-1001", "SN-1002", "SN-1009"].enumerated() {
                stage.scan(serial)
                stage.answer(
                    .saved(
                        ticket: number + 1,
                        SavedFacts(
                            lane: .serial(serial, of: nil), name: serial, operations: [.test(number + 1)],
                            findings: number == 2 ? [.notInJob(Stage.job.jobID)] : [])))
            }
            stage.answer(.operationsLoaded([row(1, .confirmed), row(2, .needsYou)]))
        },
        Scene(name: "batch-saving") { stage in
            batchOfJob(stage)
            stage.scan("SN-1001")
        },
        Scene(name: "batch-waiting") { stage in
            batchOfJob(stage)
            stage.press(.f(4))
            stage.scan("SN-1001")
        },
        Scene(name: "batch-trouble") { stage in
            batchOfJob(stage)
            stage.scan("(01)09501101530004(21)X")
        },
        Scene(name: "text-position") { stage in
            batchOfJob(stage)
            stage.press(.f(3))
        },
    ]

    private static func batchOfJob(_ stage: Stage) {
        stage.enter()
        stage.answer(.jobLoaded(JobProgress(of: Stage.job)))
        stage.enter()
        stage.answer(.jobLoaded(JobProgress(of: Stage.job)))
    }

    // MARK: Outbox

    private static let outbox: [Scene] = [
        Scene(name: "outbox-loading") { $0.type("3") },
        Scene(name: "outbox-nothing") { stage in
            stage.type("3")
            stage.answer(.outboxLoaded(.needsYou, []))
            stage.answer(.outboxLoaded(.open, []))
        },
        Scene(name: "outbox") { outboxRows($0) },
        Scene(name: "operation") { stage in
            outboxRows(stage)
            stage.enter()
        },
    ]

    private static func outboxRows(_ stage: Stage) {
        stage.type("3")
        stage.answer(
            .outboxLoaded(
                .needsYou,
                [
                    row(1, .needsYou, code: .unknownDevice), row(2, .needsYou),
                    row(3, .needsYou, code: .staleVersion),
                ]))
    }

    // MARK: Devices

    private static let devices: [Scene] = [
        Scene(name: "find") { stage in
            stage.type("4")
            stage.answer(.found("", [facts(history: [])]))
        },
        Scene(name: "find-several") { stage in
            stage.type("4")
            stage.answer(.found("", [facts(history: []), facts(history: [])]))
        },
        Scene(name: "find-nothing") { stage in
            stage.type("4")
            stage.type("nobody")
            stage.enter()
            stage.answer(.found("nobody", []))
        },
        Scene(name: "device") { device($0) },
        Scene(name: "device-target") { stage in
            device(stage)
            var there = facts(history: [row(1, .confirmed)])
            there.target = target
            stage.answer(.deviceLoaded(there))
        },
        Scene(name: "principals") { stage in
            device(stage)
            stage.type("2")
            stage.answer(.deviceLoaded(facts(history: [])))
        },
        Scene(name: "principals-services") { stage in
            device(stage)
            stage.type("2")
            stage.answer(.deviceLoaded(facts(history: [], services: services)))
        },
    ]

    static func device(_ stage: Stage) {
        stage.type("4")
        stage.answer(.found("", [facts(history: [])]))
        stage.enter()
        stage.answer(.deviceLoaded(facts(history: [row(1, .confirmed), row(2, .saved)])))
    }

    static let target = DeviceTarget(
        target: TargetID(trusted: "eu"), kind: .aws, name: "GW-1", place: "eu-west-1",
        reason: "eu: nearest to site oslo-1 (12 ms); us has weight 0", standing: .disabled)

    /// What the device has confirmed to connect to.
    private static let services: Principal.Services = {
        let root = CertificateSummary(
            subject: "CN=Broker root", issuer: "CN=Broker root", serialNumber: "0B", fingerprint: .zero,
            publicKeyHash: .zero, notBefore: Timestamp(milliseconds: 1_764_000_000_000),
            notAfter: Timestamp(milliseconds: 1_900_000_000_000))
        return Principal.Services(
            endpoints: ["mqtts://broker.acme.example:8883"], roots: [root],
            installedAt: Timestamp(milliseconds: 1_764_100_000_000))
    }()

    static func facts(history: [OutboxRow], services: Principal.Services? = nil) -> DeviceFacts {
        let identity = DeviceIdentity(
            product: ProductID(trusted: "gateway"), fields: ["serial": "GW-1", "mac": "00:00:5E:00:53:01"])
        let certificate = CertificateSummary(
            subject: "CN=GW-1", issuer: "CN=Acme issuing CA", serialNumber: "0A", fingerprint: .zero,
            publicKeyHash: .zero,
            notBefore: Timestamp(milliseconds: 1_764_000_000_000),
            notAfter: Timestamp(milliseconds: 1_827_000_000_000))
        let chain = ["GW-1", "Acme issuing CA", "Acme root CA"].enumerated().map { place, name in
            var one = certificate
            one.subject = "CN=\(name)"
            if place > 0 { one.issuer = "CN=Acme root CA" }
            return one
        }
        return DeviceFacts(
            lane: identity.lane ?? .serial("GW-1", of: nil), identity: identity,
            identifiers: identity.identifiers,
            state: .provisioned, tenant: Stage.acme, site: Stage.oslo, position: "rack-1",
            certificate: certificate,
            certificateChain: "-----BEGIN CERTIFICATE-----",
            principals: Principal.all(
                certificate: certificate, chain: chain,
                certifiedAt: Timestamp(milliseconds: 1_764_000_000_000), services: services),
            updatedAt: Timestamp(milliseconds: 1_764_000_000_000),
            history: history)
    }
}
