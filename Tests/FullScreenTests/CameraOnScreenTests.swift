import Foundation
import TestSupport
import Testing

/// A folder of photographs in the place of the camera, on the real full screen.
@Suite struct CameraOnScreenTests {
    @Test func `what the camera sees becomes the device, and the camera is let go`() throws {
        let tablet = try Tablet.withSamples()
        let photographs = tablet.home.directory.file("camera")
        try FileManager.default.createDirectory(atPath: photographs, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            atPath: Home.sample("gs1-gateway.png"), toPath: photographs + "/label.png")
        let settings =
            #"{"assignment":{"confirms":false,"positionRule":{"kind":"none"}},"inBatch":false,"#
            + #""settings":{"camera":"\#(photographs)","touch":false}}"#
        try settings.write(toFile: tablet.store + "/screen.json", atomically: true, encoding: .utf8)
        let session = try tablet.open()
        try session.see("Fit out the basement in Oslo")
        try session.press("1")
        try session.see("The scanner is armed")
        try session.press(Keys.f(1))
        try session.see("This is NGW-000202")
        try session.press(Keys.enter)
        try session.see("Nothing speaks against it")
    }
}
