package import Preview

/// One picture as it comes from a source.
package enum CameraPicture: Equatable, Sendable {
    case gray(GrayFrame)
    /// The bytes of a picture file. They are hostile: only the decode worker looks into them.
    case encoded(EncodedFrame)

    package var capturedAtMilliseconds: Int64 {
        switch self {
        case .gray(let frame): frame.capturedAtMilliseconds
        case .encoded(let frame): frame.capturedAtMilliseconds
        }
    }
}

/// A picture that is not yet decoded, such as the JPEG frame of a camera.
package struct EncodedFrame: Equatable, Sendable {
    package var bytes: [UInt8]
    package var sequence: Int
    package var capturedAtMilliseconds: Int64

    package init(bytes: [UInt8], sequence: Int, capturedAtMilliseconds: Int64) {
        self.bytes = bytes
        self.sequence = sequence
        self.capturedAtMilliseconds = capturedAtMilliseconds
    }
}

/// What happens with a source of pictures.
package enum CameraEvent: Equatable, Sendable {
    case frame(CameraPicture)
    /// No pictures until `recovered`; it is tried again and again.
    case lost(CameraError)
    /// It is open and silent; it is opened again.
    case stalled(CameraError)
    case recovered
    /// The last event: the recording is over (`nil`), or the source cannot be used.
    case ended(CameraError?)
}
