import Canvas
import Screens
import TestSupport
import Testing

@Suite struct KeySheetTests {
    @Test(arguments: Language.allCases) func `the printed sheet is as it was read`(_ language: Language) {
        let text = KeySheet.text(language, reader: .forTests())
        Stage.expect(text, file: "key-sheet-\(language.rawValue).txt")
        for line in text.split(separator: "\n") { #expect(CellWidth.of(String(line)) <= 100, "\(line)") }
    }

    @Test(arguments: Scene.all.map(\.name))
    func `the sheet has every action that a screen offers, in its order`(
        _ name: String
    ) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        let stage = Stage()
        scene.enact(stage)
        let context = stage.state.context(stage.reader)
        let offered = stage.state.top.screen.offers(context).map { context.say($0.action.name) }
        let sections = KeySheet.sections(context).map { $0.rows.map(\.name) }
        let found = sections.contains { rows in
            rows.filter { offered.contains($0) } == offered
        }
        #expect(found, "\(offered)")
    }
}
