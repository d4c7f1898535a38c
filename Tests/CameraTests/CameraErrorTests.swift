import Camera
import Model
import Processes
import Testing

struct CameraErrorTests {
    @Test(arguments: [
        CameraError.missing(path: "/a"), .notACamera(path: "/a"), .notPermitted(path: "/a"),
        .busy(path: "/a"),
        .noUsableFormat(path: "/a"), .unplugged(path: "/a"), .stalled(path: "/a"), .damagedFrames,
        .noSuchControl(path: "/a"), .notAVideo(path: "/a", reason: "it is a cat"), .noFFmpeg(path: "/a"),
        .system(.timedOut),
    ])
    func `every error says what failed and what to do`(_ error: CameraError) {
        #expect(!error.explanation.id.isEmpty)
        #expect(!error.explanation.what.isEmpty)
        #expect(!error.explanation.nextStep.isEmpty)
    }

    @Test func `a node that is no camera is told from one that is not there`() {
        #expect(throws: CameraError.notACamera(path: "/dev/null")) { try CameraDevice(path: "/dev/null") }
        #expect(throws: CameraError.missing(path: "/dev/video254")) {
            try CameraDevice(path: "/dev/video254")
        }
    }
}
