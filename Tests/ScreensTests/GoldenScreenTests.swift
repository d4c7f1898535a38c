import Canvas
import Model
import Screens
import TestSupport
import Testing

/// Every screen as it looks, on three sizes, in its normal, problem and busy states.
@Suite struct GoldenScreenTests {
    @Test(arguments: Scene.all.map(\.name), [Size.usual, Size.smallest, Size(columns: 120, rows: 40)])
    func `the screen is as it was read`(_ name: String, _ size: Size) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        let stage = Stage(size)
        scene.enact(stage)
        stage.expect(name)
    }

    @Test(arguments: Scene.all.map(\.name)) func `every screen is drawn on any terminal, and in touch mode`(
        _ name: String
    ) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        let stage = Stage()
        scene.enact(stage)
        for touch in [false, true] {
            stage.state.settings.touch = touch
            for columns in [1, 2, 7, 39, 40, 41, 100, 200] {
                for rows in [1, 2, 3, 5, 9, 10, 11, 60] {
                    stage.state.size = Size(columns: columns, rows: rows)
                    let rendering = Renderer(stage.state, stage.reader).render()
                    #expect(rendering.frame.cells.count == columns * rows)
                }
            }
        }
    }

    @Test(arguments: Scene.all.map(\.name)) func `in touch mode every target is large enough for a glove`(
        _ name: String
    ) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        let stage = Stage()
        scene.enact(stage)
        stage.state.settings.touch = true
        for target in Renderer(stage.state, stage.reader).render().targets {
            guard case .action = target.target else { continue }
            #expect(target.area.columns >= 10 && target.area.rows >= 3, "\(target)")
        }
    }

    @Test(arguments: Scene.all.map(\.name)) func `no screen is left without an answer by any event`(
        _ name: String
    ) throws {
        let scene = try #require(Scene.all.first { $0.name == name })
        for event in Self.events {
            let stage = Stage(.smallest)
            scene.enact(stage)
            event(stage)
            stage.settle()
            #expect(!stage.state.stack.isEmpty)
            _ = stage.screen
        }
    }

    private static let keys: [Key] =
        [.up, .down, .left, .right, .home, .end, .pageUp, .pageDown, .insert, .delete, .backTab]
        + (1...12).map { .f($0) }

    private static let events: [@Sendable (Stage) -> Void] = pressed + acted + scanned + others

    private static let pressed: [@Sendable (Stage) -> Void] = keys.map { key in { stage in stage.press(key) }
    }

    private static let acted: [@Sendable (Stage) -> Void] = Action.allCases.map { action in
        { stage in stage.requests += stage.state.act(action, stage.reader) }
    }

    private static let scanned: [@Sendable (Stage) -> Void] = [
        "SN-1001", "POS:rack-2", "(01)09501101530003(21)GW-9", "\u{1B}[2J", "1", "0", "?", "\r", "\u{3}",
    ].map { text in { stage in stage.scan(text) } }

    private static let others: [@Sendable (Stage) -> Void] = [
        { $0.give(.storeChanged) }, { $0.input(.paste(Array("SN-55".utf8))) },
        { $0.tap(CellPoint(column: 2, row: 3)) }, { $0.tap(CellPoint(column: 2, row: 3), milliseconds: 900) },
        { $0.input(.mouse(MouseEvent(.wheelDown, at: CellPoint(column: 2, row: 3)))) },
        { $0.answer(.failed(Scene.unreachable)) }, { $0.answer(.operationsLoaded([])) },
        { $0.answer(.pictureRead(path: "x.png", [])) }, { $0.answer(.cameraTrouble(Scene.unreachable)) },
        { $0.input(.resized(.usual)) },
    ]
}
