import Canvas
import Intake
import Labels
import Model
import Screens
import Testing

/// Keys and scans in, screens and requests out: how many keys the work takes, and that none of it is lost.
@Suite struct JourneyTests {
    private func saves(_ requests: [Request]) -> [Candidate] {
        requests.compactMap { if case .save(_, let candidate) = $0 { candidate } else { nil } }
    }

    /// Answers every save as the store does once it is committed.
    private func commit(_ stage: Stage) -> [Candidate] {
        let taken = stage.take()
        for case .save(let ticket, let candidate) in taken {
            guard let lane = candidate.device.identity.lane else { continue }
            stage.answer(
                .saved(
                    ticket: ticket,
                    SavedFacts(lane: lane, name: candidate.name, operations: [.test(ticket)])))
        }
        return saves(taken)
    }

    private func openJob(_ stage: Stage) {
        stage.enter()
        stage.answer(.jobLoaded(JobProgress(of: Stage.job)))
    }

    @Test func `the first device of a job takes one key and a scan`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("SN-1001")
        let saved = commit(stage)
        #expect(saved.map(\.name) == ["SN-1001"])
        #expect(
            saved[0].position == "rack-1" && saved[0].job == Stage.job.jobID && saved[0].site == Stage.oslo)
        #expect(stage.screen.contains("✓ SN-1001 is saved → rack-1"))
    }

    @Test func `every further device takes a scan and no key`() {
        let stage = Stage()
        openJob(stage)
        for serial in ["SN-1001", "SN-1002", "SN-1003"] { stage.scan(serial) }
        #expect(commit(stage).map(\.position) == ["rack-1", "rack-2", "rack-3"])
    }

    @Test func `what is saved is said only once it is committed`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("SN-1001")
        #expect(!stage.screen.contains("is saved") && stage.screen.contains("saving"))
        _ = commit(stage)
        #expect(stage.screen.contains("is saved"))
    }

    @Test func `a typed serial takes its characters and Enter`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        stage.type("ABCD-1234567")
        #expect(saves(stage.requests).isEmpty)
        stage.enter()
        #expect(commit(stage).map(\.name) == ["ABCD-1234567"])
    }

    @Test func `when the lane confirms, a scan waits for one key`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        stage.press(.f(4))
        stage.scan("SN-1001")
        #expect(saves(stage.take()).isEmpty)
        stage.enter()
        #expect(commit(stage).map(\.name) == ["SN-1001"])
    }

    @Test func `a position and a device are two scans`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("POS:rack-9")
        stage.scan("SN-1002")
        #expect(commit(stage).map(\.position) == ["rack-9"])
        stage.scan("rack-3")
        stage.scan("SN-1003")
        #expect(commit(stage).map(\.position) == ["rack-3"])
    }

    @Test func `a device that is scanned twice is saved once`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("SN-1001")
        #expect(commit(stage).count == 1)
        stage.scan("SN-1001")
        #expect(commit(stage).isEmpty)
        #expect(stage.screen.contains("scanned already"))
    }

    @Test func `the last one is taken back with one key`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("SN-1001")
        _ = commit(stage)
        stage.press(.f(1))
        #expect(stage.take().contains(.undo([.test(1)])))
        stage.answer(.undone([.test(1)]))
        #expect(stage.screen.contains("taken back"))
        stage.scan("SN-1001")
        #expect(commit(stage).count == 1)
    }

    @Test func `a scanner's second Return confirms nothing`() {
        let stage = Stage()
        stage.scan("(01)09501101530003(21)GW-1", settling: 120)
        stage.input(.text("\r"))
        #expect(stage.screen.contains("This is GW-1"))
        stage.settle()
        stage.enter()
        #expect(stage.screen.contains("Comparing"))
    }

    @Test func `one device goes from its label to the disk in two keys`() throws {
        let stage = Stage()
        stage.scan("(01)09501101530003(21)GW-1")
        stage.enter()
        let checks = stage.take().compactMap { if case .check(let ticket, _) = $0 { ticket } else { nil } }
        stage.answer(.checked(ticket: try #require(checks.first), CheckFacts(lane: nil, findings: [])))
        stage.enter()
        #expect(commit(stage).map(\.name) == ["GW-1"])
        #expect(stage.screen.contains("GW-1 is on the disk"))
    }

    @Test func `from an error one key leads back to the work, and a scan needs none`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        stage.scan("(01)09501101530004(21)X")
        #expect(stage.state.trouble?.id == "label_bad_check_digit")
        stage.enter()
        #expect(stage.state.trouble == nil)
        stage.scan("(01)09501101530004(21)X")
        stage.scan("SN-1001")
        #expect(stage.state.trouble == nil && commit(stage).count == 1)
    }

    @Test func `a save that failed is said, and scanning goes on`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("SN-1001")
        guard
            case .save(let ticket, _)? = stage.take().last(where: {
                if case .save = $0 { true } else { false }
            })
        else {
            Issue.record("nothing was asked to be saved")
            return
        }
        let full = Explanation(
            id: "store_full", what: "Nothing was saved: the disk is full.", nextStep: "Free space.")
        stage.answer(.saveFailed(ticket: ticket, full))
        #expect(stage.screen.contains("Nothing was saved") && stage.screen.contains("Free space"))
        stage.scan("SN-1001")
        #expect(commit(stage).map(\.position) == ["rack-1"])
    }

    @Test func `two codes of one label make one device`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        stage.scan("(01)09501101530003")
        #expect(saves(stage.take()).isEmpty && stage.screen.contains("names no single device yet"))
        stage.scan("SN-77")
        let saved = commit(stage)
        #expect(saved.map(\.name) == ["SN-77"])
        #expect(saved[0].device.identity.product?.rawValue == "gateway")
    }

    @Test func `letters of a scan never act as commands, on any screen`() {
        for start in Self.screens {
            let stage = Stage()
            start(stage)
            let depth = stage.state.stack.count
            stage.scan("9876543210QQ")
            stage.settle()
            #expect(!stage.state.isLeaving)
            #expect(stage.state.stack.count >= depth - 1, "\(stage.screen)")
        }
    }

    @Test func `a key amid a scan does nothing`() {
        let stage = Stage()
        for scalar in "SN-1001".unicodeScalars { stage.input(.text(scalar)) }
        stage.input(.key(.f(9)))
        for scalar in "-X\r".unicodeScalars { stage.input(.text(scalar)) }
        stage.settle()
        #expect(!stage.state.isLeaving)
        #expect(stage.screen.contains("SN-1001-X"))
    }

    @Test func `what was half typed is taken back when a scan comes, and only that`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        stage.type("AB")
        stage.scan("SN-1001")
        #expect(commit(stage).map(\.name) == ["SN-1001"])
    }

    @Test func `a disabled action answers with its reason`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        stage.press(.f(1))
        #expect(stage.screen.contains("Nothing was saved in this batch yet"))
    }

    @Test func `a touch does what it touches`() {
        let stage = Stage()
        let row =
            stage.screen.split(separator: "\n", omittingEmptySubsequences: false)
            .firstIndex { $0.contains("Basement") } ?? 0
        stage.settle()
        stage.tap(CellPoint(column: 5, row: row))
        #expect(stage.screen.contains("START SCANNING") || stage.take().contains(.loadJob(Stage.job.jobID)))
    }

    @Test func `a long touch says what a button does, and does not do it`() {
        let stage = Stage()
        let row = stage.state.size.rows - 3
        stage.tap(CellPoint(column: 2, row: row), milliseconds: 900)
        #expect(stage.screen.contains(Language.english.say(Action.scan.help)))
        #expect(stage.state.stack.count == 1)
    }

    @Test func `a finger that slides off a button does nothing`() {
        let stage = Stage()
        stage.input(.mouse(MouseEvent(.press, at: CellPoint(column: 2, row: stage.state.size.rows - 3))))
        stage.input(.mouse(MouseEvent(.release, at: CellPoint(column: 2, row: 8))))
        #expect(stage.state.stack.count == 1)
    }

    @Test func `a code that can be read in two ways is read otherwise by one key`() {
        let stage = Stage()
        stage.type("1")
        stage.type("S12345678")
        stage.enter()
        let first = stage.screen
        stage.type("3")
        #expect(stage.screen != first && stage.screen.contains("Which device"))
        stage.type("3")
        #expect(stage.screen == first)
    }

    @Test func `a save that ends while another screen is seen is heard of`() {
        let stage = Stage()
        openJob(stage)
        stage.scan("SN-1001")
        stage.press(.f(6))
        #expect(commit(stage).count == 1)
        stage.escape()
        #expect(stage.screen.contains("● 1") && !stage.screen.contains("saving"))
    }

    @Test func `what was chosen is kept on the disk as it changes`() {
        let stage = Stage()
        openJob(stage)
        stage.enter()
        let kept = stage.take().compactMap { if case .keep(let keepsake) = $0 { keepsake } else { nil } }
        #expect(kept.last?.inBatch == true && kept.last?.assignment.job == Stage.job.jobID)
    }

    static let screens: [@Sendable (Stage) -> Void] = [
        { _ in }, { $0.type("1") }, { $0.type("2") }, { $0.type("3") }, { $0.type("4") }, { $0.type("6") },
        { $0.type("7") }, { $0.type("8") }, { $0.type("0") },
    ]
}

extension OperationID {
    static func test(_ number: Int) -> OperationID {
        OperationID(
            milliseconds: 1_764_000_000_000,
            random: Array(repeating: 0, count: 8) + [UInt8(number >> 8), UInt8(number & 255)])
    }
}

/// Lists that are longer than any terminal.
@Suite struct LongListTests {
    @Test func `every entry of a long list can be reached, is seen when chosen, and is what is touched`() {
        let stage = Stage()
        stage.type("3")
        stage.answer(.outboxLoaded(.needsYou, (0..<300).map { Scene.row($0, .needsYou) }))
        for target in [0, 1, 40, 150, 299] {
            stage.press(.home)
            for _ in 0..<target { stage.input(.key(.down)) }
            stage.settle()
            #expect(stage.screen.contains("▸ ! needs you Claim GW-\(target) "), "\(target)")
            let rendering = Renderer(stage.state, stage.reader).render()
            #expect(rendering.targets.contains { $0.target == .item(target) })
        }
        #expect(!stage.screen.contains("↓"))
        stage.press(.home)
        #expect(!stage.screen.contains("↑") || stage.screen.contains("↓"))
    }
}
