import Canvas
import Model
import Screens
import Testing

/// Keys in, screens and requests out.
@Suite struct JourneyTests {
    @Test func `show what there is`() {
        for size in [Size.usual, Size.smallest] {
            let stage = Stage(size)
            print(stage.screen); print("=====")
            stage.enter()
            stage.answer(.jobLoaded(JobProgress(of: Stage.job)))
            print(stage.screen); print("=====")
            stage.enter()
            print(stage.screen); print("=====")
            stage.scan("SN-1001")
            print(stage.screen, stage.take()); print("=====")
        }
    }
}
