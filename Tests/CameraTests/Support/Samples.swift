import Camera
import Decoding
import Foundation
import Preview
import Processes

/// Sample labels as frames of a camera.
enum Samples {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    static let programs = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().path

    static let width = 640
    static let height = 480

    static func path(_ file: String) -> String { root + "/Assets/labels/" + file }

    static func bytes(_ file: String) throws -> [UInt8] {
        try Files.read(path(file), limit: 1 << 24)
    }

    /// A sample photograph, 640 × 480.
    static func frame(_ file: String) throws -> GrayFrame {
        let picture = try PictureReader.read(bytes(file))
        let frame = GrayFrame(width: picture.width, height: picture.height, pixels: picture.pixels)
        return frame.scaled(width: width, height: height)
    }

    /// A view without a label.
    static let table = GrayFrame(
        width: width, height: height, pixels: [UInt8](repeating: 120, count: width * height))

    /// A recording of these frames.
    static func y4m(
        _ frames: [GrayFrame], space: String = "mono", colourBytes: Int = 0, rate: String = "10:1"
    ) -> [UInt8] {
        var bytes = Array(
            "YUV4MPEG2 W\(frames[0].width) H\(frames[0].height) F\(rate) Ip A1:1 C\(space) XTEST\n".utf8)
        for frame in frames {
            bytes += Array("FRAME\n".utf8) + frame.pixels + [UInt8](repeating: 128, count: colourBytes)
        }
        return bytes
    }
}

/// A frame of one brightness.
func flat(_ shade: UInt8, width: Int = 4, height: Int = 2) -> GrayFrame {
    GrayFrame(width: width, height: height, pixels: [UInt8](repeating: shade, count: width * height))
}

extension FrameSource {
    /// All that happens, to the end.
    func all() async -> [CameraEvent] {
        var all: [CameraEvent] = []
        for await event in events() { all.append(event) }
        return all
    }
}

extension CameraEvent {
    /// The brightness of the first pixel, of a frame.
    var shade: UInt8? {
        if case .frame(.gray(let frame)) = self { frame.pixels[0] } else { nil }
    }
}
