internal import Preview

/// The frames of a YUV4MPEG2 stream.
struct Y4MStream {
    let header: Y4MHeader
    private var bytes: RecordingBytes
    private static let mostHeaderBytes = 4096

    /// What reading a frame gives.
    enum Step {
        case pixels([UInt8])
        case end, late, stopped
    }

    /// Reads the header; `nil` when it was stopped before that.
    ///
    /// - Throws: `notAVideo` naming `path`, `stalled` when nothing came in time, or `system`.
    init?(_ bytes: RecordingBytes, path: String) throws(CameraError) {
        var bytes = bytes
        var line: [UInt8]?
        do throws(RecordingBytes.Shortage) {
            line = try bytes.line(limit: Self.mostHeaderBytes)
        } catch {
            switch error {
            case .end: line = nil
            case .late: throw .stalled(path: path)
            case .stopped: return nil
            case .system(let error): throw .system(error)
            }
        }
        do throws(Y4MHeader.Refusal) {
            header = try Y4MHeader(line ?? [])
        } catch {
            throw .notAVideo(path: path, reason: error.reason)
        }
        self.bytes = bytes
    }

    /// The brightness of the next frame. A frame that is cut short is the end.
    mutating func next() throws(CameraError) -> Step {
        do throws(RecordingBytes.Shortage) {
            guard let line = try bytes.line(limit: Self.mostHeaderBytes), line.starts(with: "FRAME".utf8)
            else {
                return .end
            }
            let pixels = try bytes.take(header.width * header.height)
            try bytes.skip(header.colourBytes)
            return .pixels(pixels)
        } catch {
            switch error {
            case .end: return .end
            case .late: return .late
            case .stopped: return .stopped
            case .system(let error): throw .system(error)
            }
        }
    }

    func frame(_ pixels: [UInt8], number: Int, at milliseconds: Int64) -> GrayFrame {
        GrayFrame(
            width: header.width, height: header.height, pixels: pixels, sequence: number,
            capturedAtMilliseconds: milliseconds)
    }
}
