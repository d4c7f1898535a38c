import Foundation
import Preview
import Processes
import Testing

/// The real `muster` with a camera that is not there.
@Suite struct DeviceTests {
    private let serial = "NGW-000202"
    private let other = "NJG-000808"

    private func scan(_ camera: FakeCamera, _ options: [String] = []) throws -> RunningMuster {
        try RunningMuster(["scan", "--json", "--camera", FakeCamera.path] + options, camera.variables())
    }

    @Test(arguments: ["grey", "yuyv", "nv12"])
    func `a label before a camera is read once, in each format of brightness`(_ format: String) throws {
        let camera = try FakeCamera(format)
        try camera.show(Samples.frame("gs1-gateway.png").pixels)
        let muster = try scan(camera, ["--count", "1"])
        #expect(try muster.exit() == .exited(0))
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(muster.lines[0].utf8)) as? [String: Any])
        #expect(muster.lines.count == 1)
        #expect(object["file"] as? String == FakeCamera.path)
        #expect(object["symbology"] as? String == "datamatrix")
        #expect((object["text"] as? String)?.hasSuffix(serial) == true)
        #expect((object["points"] as? [[Int]])?.count == 4)
    }

    @Test func `a camera that gives JPEG is read through the decode worker`() throws {
        let camera = try FakeCamera("jpeg")
        try camera.show(Samples.bytes("json-gateway.jpg"))
        let muster = try scan(camera, ["--count", "1"])
        #expect(try muster.exit() == .exited(0))
        #expect(muster.lines.count == 1 && muster.lines[0].contains(other))
    }

    @Test func `unplugged and plugged in again, a camera goes on`() throws {
        let camera = try FakeCamera("yuyv")
        try camera.show(Samples.frame("gs1-gateway.png").pixels)
        let muster = try scan(camera, ["--count", "2"])
        try muster.line(with: serial)
        try camera.set("unplugged", true)
        try muster.line(with: "camera_unplugged")
        try camera.show(Samples.frame("json-gateway.jpg").pixels)
        try camera.set("unplugged", false)
        try muster.line(with: "pictures come again")
        try muster.line(with: other)
        #expect(try muster.exit() == .exited(0))
        // Said once, however often it was looked for meanwhile.
        #expect(muster.lines.filter { $0.contains("camera_unplugged") }.count == 1)
    }

    @Test func `a camera that hangs is opened again`() throws {
        let camera = try FakeCamera("grey")
        try camera.show(Samples.frame("gs1-gateway.png").pixels)
        let muster = try scan(camera, ["--count", "2"])
        try muster.line(with: serial)
        try camera.show(Samples.frame("json-gateway.jpg").pixels)
        try camera.set("stalled", true)
        try muster.line(with: "camera_stalled")
        try camera.set("stalled", false)
        try muster.line(with: "pictures come again")
        try muster.line(with: other)
        #expect(try muster.exit() == .exited(0))
    }

    @Test func `with its time up and codes missing, it says so`() throws {
        let camera = try FakeCamera("grey")
        try camera.show(Samples.table.pixels)
        let muster = try scan(camera, ["--timeout", "1"])
        #expect(try muster.exit() == .exited(1))
        #expect(muster.lines.contains { $0.contains("camera_too_few") })
    }

    @Test func `the torch goes on and off again`() throws {
        let camera = try FakeCamera("grey")
        try camera.show(Samples.frame("gs1-gateway.png").pixels)
        #expect(try scan(camera, ["--torch", "--count", "1"]).exit() == .exited(0))
        // V4L2_CID_FLASH_LED_MODE: torch, then none.
        #expect(try camera.controls == ["0x9c0901 2", "0x9c0901 0"])
    }

    @Test func `no such camera is told from a node that is none`() throws {
        let camera = try FakeCamera("grey")
        let metadata = try RunningMuster(
            ["scan", "--camera", "/dev/fake-metadata"], camera.variables(path: "/dev/fake"))
        #expect(try metadata.exit() == .exited(69))
        #expect(metadata.lines.contains { $0.contains("camera_none") })
        let missing = try RunningMuster(["scan", "--camera", "/dev/video254"])
        #expect(try missing.exit() == .exited(69))
        #expect(missing.lines.contains { $0.contains("muster doctor") && $0.contains("camera_missing") })
        let null = try RunningMuster(["scan", "--camera", "/dev/null"])
        #expect(try null.exit() == .exited(69))
    }

    @Test func `doctor names the camera`() throws {
        let camera = try FakeCamera("grey")
        let doctor = try RunningMuster(["doctor"], camera.variables())
        let line = try doctor.line(with: "Fake camera")
        #expect(line.contains("good") && line.contains(FakeCamera.path))
    }

    @Test func `an interrupt ends it while it waits for a camera`() throws {
        let camera = try FakeCamera("grey")
        try camera.show(Samples.frame("gs1-gateway.png").pixels)
        let muster = try scan(camera)
        try muster.line(with: serial)
        try camera.set("unplugged", true)
        try muster.line(with: "camera_unplugged")
        muster.send(.interrupt)
        #expect(try muster.exit() == .signalled(2))
    }
}
