internal import CV4L2

/// A camera that is plugged in.
package struct CameraDevice: Equatable, Sendable {
    /// Its node, such as `/dev/video0`.
    package let path: String
    /// The camera's own name; text from outside.
    package let name: String
    /// Where it is plugged in, such as `usb-0000:00:14.0-1`.
    package let place: String

    /// The kernel numbers video nodes from 0 to 255.
    private static let nodeCount = 256

    /// All cameras of this machine, by number, and why others cannot be used. Nodes that give no pictures,
    /// such as those for metadata, are left out.
    package static func survey() -> (cameras: [CameraDevice], refusals: [CameraError]) {
        var cameras: [CameraDevice] = []
        var refusals: [CameraError] = []
        for number in 0..<nodeCount {
            do throws(CameraError) {
                cameras.append(try CameraDevice(path: "/dev/video\(number)"))
            } catch {
                switch error {
                case .missing, .notACamera, .unplugged: break
                case .notPermitted, .busy, .noUsableFormat, .stalled, .damagedFrames, .noSuchControl,
                    .notAVideo,
                    .noFFmpeg, .system:
                    refusals.append(error)
                }
            }
        }
        return (cameras, refusals)
    }

    /// The camera at a node.
    package init(path: String) throws(CameraError) {
        var description = cv4l2_description()
        let found = cv4l2_describe(path, &description)
        guard found >= 0 else { throw .from(found, call: "VIDIOC_QUERYCAP", path: path) }
        guard found == 1 else { throw .notACamera(path: path) }
        self.path = path
        name = withUnsafeBytes(of: description.name) { Self.text($0) }
        place = withUnsafeBytes(of: description.place) { Self.text($0) }
    }

    private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
}
