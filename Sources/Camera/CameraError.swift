package import Model
package import Processes

/// Why a camera, or what stands for one, gives no pictures.
package enum CameraError: Error, Equatable, Sendable {
    /// Nothing is at the path.
    case missing(path: String)
    /// The node is no camera: a camera's metadata, or another device.
    case notACamera(path: String)
    case notPermitted(path: String)
    /// Another program has it.
    case busy(path: String)
    /// It gives no format that Muster takes.
    case noUsableFormat(path: String)
    /// It was there and went.
    case unplugged(path: String)
    /// It is open, and no frame came for the time of the watchdog.
    case stalled(path: String)
    /// Frame after frame could not be read as a picture.
    case damagedFrames
    /// It has no such control.
    case noSuchControl(path: String)
    /// The file is no video that can be read; what was found instead.
    case notAVideo(path: String, reason: String)
    /// `ffmpeg` is needed for this source and not installed.
    case noFFmpeg(path: String)
    case system(SystemError)
}

extension CameraError {
    /// Sorts a negative result of a `cv4l2_` call into its case.
    static func from(_ result: Int32, call: String, path: String) -> CameraError {
        switch -result {
        case 2, 6: .missing(path: path)  // ENOENT, ENXIO
        case 19: .unplugged(path: path)  // ENODEV
        case 1, 13: .notPermitted(path: path)  // EPERM, EACCES
        case 16: .busy(path: path)  // EBUSY
        case 25: .notACamera(path: path)  // ENOTTY
        case 95: .noUsableFormat(path: path)  // ENOTSUP
        default: .system(.failed(call: call, subject: path, code: -result))
        }
    }
}

extension CameraError: Explained {
    package var explanation: Explanation {
        switch self {
        case .missing(let path):
            Explanation(
                id: "camera_missing", kind: .unavailable, what: "No picture was taken: there is no \(path)",
                nextStep: "Plug the camera in; `muster doctor` lists the cameras")
        case .notACamera(let path):
            Explanation(
                id: "camera_none", kind: .unavailable, what: "No picture was taken: \(path) is no camera",
                nextStep: "Name another; `muster doctor` lists the cameras")
        case .notPermitted(let path):
            Explanation(
                id: "camera_not_permitted", kind: .notPermitted,
                what: "No picture was taken: this user may not use \(path)",
                nextStep: "Add the user to the group `video` and sign in again")
        case .busy(let path):
            Explanation(
                id: "camera_busy", kind: .unavailable,
                what: "No picture was taken: another program uses \(path)",
                nextStep: "Close the other program")
        case .noUsableFormat(let path):
            Explanation(
                id: "camera_format", kind: .unavailable,
                what: "No picture was taken: \(path) gives neither grey, YUV nor JPEG",
                nextStep: "Use another camera, or give a picture file")
        case .unplugged(let path):
            Explanation(
                id: "camera_unplugged", what: "No pictures come: \(path) was unplugged",
                nextStep: "Plug it in again, or give a picture file, paste or type")
        case .stalled(let path):
            Explanation(
                id: "camera_stalled", what: "No pictures come: \(path) has stopped; it is opened again",
                nextStep: "Wait; if it stays, plug the camera out and in")
        case .damagedFrames:
            Explanation(
                id: "camera_damaged_frames", what: "Nothing was read: the camera sends damaged pictures",
                nextStep: "Try another cable or port")
        case .noSuchControl(let path):
            Explanation(
                id: "camera_no_control", what: "Nothing was changed: \(path) has no such control",
                nextStep: "Set another, or change the light")
        case .notAVideo(let path, let reason):
            Explanation(
                id: "camera_not_a_video", kind: .badInput,
                what: "Nothing was read: \(path) is no usable video (\(reason))",
                nextStep: "Give another file or address")
        case .noFFmpeg(let path):
            Explanation(
                id: "camera_no_ffmpeg", kind: .unavailable,
                what: "Nothing was read: `ffmpeg` is needed for \(path)",
                nextStep: "Install the package `ffmpeg`, or give a .y4m file or pictures")
        case .system(let error): error.explanation
        }
    }
}
