import Canvas
import Model
import Screens
import Testing

/// What is chosen in the settings counts at once and is kept.
@Suite struct SettingsTests {
    private func stage(_ cameras: [CameraFact] = []) -> Stage {
        let stage = Stage()
        stage.type("7")
        stage.answer(.camerasListed(cameras))
        _ = stage.take()
        return stage
    }

    private func kept(_ stage: Stage) -> Settings? {
        stage.take().compactMap { if case .keep(let keepsake) = $0 { keepsake.settings } else { nil } }.last
    }

    @Test func `the language changes at once and is kept`() {
        let stage = stage()
        stage.type("2")
        #expect(stage.screen.contains("Settings") && kept(stage)?.language == .english)
        stage.type("2")
        #expect(stage.screen.contains("Einstellen") && kept(stage)?.language == .german)
        stage.type("2")
        #expect(stage.screen.contains("Settings"))
        #expect(stage.state.settings.language == nil)
    }

    @Test func `theme and touch change at once and are kept`() {
        let stage = stage()
        stage.type("1")
        #expect(kept(stage)?.theme == .sun && stage.screen.contains("sun"))
        stage.type("3")
        #expect(kept(stage)?.touch == true && stage.state.settings.touch)
    }

    @Test func `a camera is chosen by its name`() {
        let stage = stage([
            CameraFact(path: "/dev/video0", name: "Rugged cam"),
            CameraFact(path: "/dev/video2", name: "Desk cam"),
        ])
        #expect(stage.screen.contains("automatic: Rugged cam"))
        stage.type("4")
        #expect(stage.screen.contains("Desk cam"))
        stage.press(.down)
        stage.press(.down)
        stage.enter()
        #expect(kept(stage)?.camera == "/dev/video2")
        stage.answer(.camerasListed([CameraFact(path: "/dev/video2", name: "Desk cam")]))
        #expect(stage.screen.contains("Desk cam") && !stage.screen.contains("/dev/video2"))
    }

    @Test func `a video file or a network camera is typed`() {
        let stage = stage()
        stage.type("4")
        stage.press(.end)
        stage.enter()
        stage.type("tour.y4m")
        stage.enter()
        #expect(kept(stage)?.camera == "tour.y4m" && stage.screen.contains("tour.y4m"))
        stage.type("4")
        #expect(stage.screen.contains("tour.y4m"))
        stage.press(.home)
        stage.enter()
        #expect(stage.state.settings.camera == nil)
    }

    @Test func `the password within a camera's address is never shown`() {
        let stage = stage()
        stage.type("4")
        stage.press(.end)
        stage.enter()
        stage.input(.paste(Array("rtsp://jk:hunter2@192.0.2.1/live@1".utf8)))
        #expect(kept(stage)?.camera == "rtsp://jk:hunter2@192.0.2.1/live@1")
        #expect(stage.screen.contains("rtsp://…@192.0.2.1/live@1") && !stage.screen.contains("hunter2"))
        stage.type("4")
        #expect(!stage.screen.contains("hunter2"))
        stage.press(.end)
        stage.enter()
        #expect(!stage.screen.contains("hunter2"))
    }
}
