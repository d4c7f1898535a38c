import Intake
import Labels
import Model
import Screens
import Testing

/// All codes of one picture are of one label, on every screen that takes pictures.
@Suite struct PictureTests {
    /// A serial of its own, and the product in another code.
    private let symbols = [
        Symbol(symbology: .code128, bytes: Array("SN-77".utf8)),
        Symbol(symbology: .ean13, bytes: Array("9501101530003".utf8)),
    ]

    private func openBatch(_ stage: Stage) {
        stage.enter()
        stage.answer(.jobLoaded(JobProgress(of: Stage.job)))
        stage.enter()
    }

    private func saved(_ stage: Stage) -> [Candidate] {
        stage.take().compactMap { if case .save(_, let candidate) = $0 { candidate } else { nil } }
    }

    @Test(arguments: [[0, 1], [1, 0]])
    func `the batch lane saves one device of a picture`(_ order: [Int]) {
        let stage = Stage()
        openBatch(stage)
        stage.answer(.pictureRead(path: "label.png", order.map { symbols[$0] }))
        let candidates = saved(stage)
        #expect(candidates.map(\.name) == ["SN-77"])
        #expect(candidates.map(\.device.identity.product?.rawValue) == ["gateway"])
    }

    @Test(arguments: [[0, 1], [1, 0]])
    func `capture shows one device of a picture`(_ order: [Int]) {
        let stage = Stage()
        stage.type("1")
        stage.answer(.pictureRead(path: "label.png", order.map { symbols[$0] }))
        #expect(stage.screen.contains("This is SN-77"))
        #expect(stage.screen.contains("gateway"))
    }

    @Test func `a place and a device on one picture go together`() {
        let stage = Stage()
        openBatch(stage)
        let place = Symbol(symbology: .qr, bytes: Array("POS:rack-9".utf8))
        stage.answer(.pictureRead(path: "shelf.png", [symbols[0], place]))
        #expect(saved(stage).map(\.position) == ["rack-9"])
    }

    @Test func `in lines, the scan after an error counts`() {
        let stage = Stage()
        openBatch(stage)
        stage.line("(01)09501101530004(21)X")
        #expect(stage.state.trouble != nil)
        stage.line("SN-1001")
        #expect(stage.state.trouble == nil)
        #expect(saved(stage).map(\.name) == ["SN-1001"])
    }
}
