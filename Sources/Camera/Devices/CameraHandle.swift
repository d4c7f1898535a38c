internal import CV4L2
internal import Preview
internal import Processes

/// An open camera; closed when the last reference goes. Used by one thread.
final class CameraHandle {
    private let camera: OpaquePointer
    private let path: String

    init(path: String, width: Int, height: Int, framesPerSecond: Int) throws(CameraError) {
        var opened: OpaquePointer?
        var step: UnsafePointer<CChar>?
        let done = cv4l2_open(path, Int32(width), Int32(height), Int32(framesPerSecond), &opened, &step)
        guard done >= 0, let opened else {
            throw .from(done, call: step.map { String(cString: $0) } ?? "open", path: path)
        }
        camera = opened
        self.path = path
    }

    deinit { cv4l2_close(camera) }

    /// Blocks until a frame may be ready, the signal, or the deadline.
    func wait(_ stop: StopSignal, by deadline: Deadline) throws(CameraError) {
        let found = stop.descriptor.withNumber { cv4l2_wait(camera, $0, deadline.millisecondsLeft) }
        guard found >= 0 else { throw .from(found, call: "poll", path: path) }
    }

    /// The next frame; `nil` when there is none, or a damaged one.
    func take(at milliseconds: Int64) throws(CameraError) -> CameraPicture? {
        var frame = cv4l2_frame()
        let taken = cv4l2_take(camera, &frame)
        guard taken >= 0 else { throw .from(taken, call: "VIDIOC_DQBUF", path: path) }
        guard taken == 1 else { return nil }
        let picture = frame.damaged == 0 ? picture(of: &frame, at: milliseconds) : nil
        let given = cv4l2_give_back(camera, &frame)
        guard given >= 0 else { throw .from(given, call: "VIDIOC_QBUF", path: path) }
        return picture
    }

    /// A copy of the frame, which is the driver's memory.
    private func picture(of frame: inout cv4l2_frame, at milliseconds: Int64) -> CameraPicture {
        let sequence = Int(frame.sequence)
        if Int(frame.format) == CV4L2_JPEG {
            let bytes = Array(UnsafeBufferPointer(start: frame.bytes, count: frame.count))
            return .encoded(
                EncodedFrame(bytes: bytes, sequence: sequence, capturedAtMilliseconds: milliseconds))
        }
        let (width, height) = (Int(frame.width), Int(frame.height))
        let pixels = [UInt8](unsafeUninitializedCapacity: width * height) { buffer, filled in
            cv4l2_copy_gray(camera, &frame, buffer.baseAddress)
            filled = width * height
        }
        return .gray(
            GrayFrame(
                width: width, height: height, pixels: pixels, sequence: sequence,
                capturedAtMilliseconds: milliseconds))
    }
}
