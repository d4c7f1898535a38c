internal import Preview
internal import Processes

/// A YUV4MPEG2 file (`.y4m`) in the place of a camera.
package struct VideoFileSource: FrameSource {
    /// How fast it goes.
    package enum Pace: Sendable {
        /// Every frame is read, as fast as the reader takes them; they are stamped with the time of the
        /// recording.
        case reader
        /// As a camera would give them, with the frame rate of the file.
        case recording
    }

    private let path: String
    private let pace: Pace
    private let isLooped: Bool
    private let clock: CameraClock

    package var kind: FrameSourceKind {
        switch pace {
        case .reader: .recorded
        case .recording: .live
        }
    }

    /// - Parameters:
    ///   - path: the file.
    ///   - pace: how fast it goes.
    ///   - isLooped: whether it begins again at its end; then it never ends by itself.
    ///   - clock: by which it is played.
    package init(path: String, pace: Pace = .reader, isLooped: Bool = false, clock: CameraClock = .system) {
        self.path = path
        self.pace = pace
        self.isLooped = isLooped
        self.clock = clock
    }

    package func events() -> AsyncStream<CameraEvent> {
        let source = self
        return cameraEvents("muster.video") { mailbox, stop in
            do throws(CameraError) {
                try source.play(to: mailbox, stop)
                mailbox.post(.ended(nil))
            } catch {
                mailbox.post(.ended(error))
            }
        }
    }

    private func play(to mailbox: Mailbox<CameraEvent>, _ stop: StopSignal) throws(CameraError) {
        let start = clock.now()
        var number = 0
        repeat {
            let first = number
            guard var stream = try open(stop) else { return }
            while case .pixels(let pixels) = try stream.next(), !stop.isStopped {
                let due = stream.header.milliseconds(ofFrame: number)
                let frame = stream.frame(pixels, number: number, at: start + due)
                show(frame, at: start + due, mailbox, stop)
                number += 1
            }
            if number == first { return }  // An empty file would loop without end.
        } while isLooped && !stop.isStopped
    }

    private func open(_ stop: StopSignal) throws(CameraError) -> Y4MStream? {
        let file: Descriptor
        do throws(SystemError) {
            file = try Files.open(path, [.read])
        } catch .missing {
            throw .missing(path: path)
        } catch {
            throw .system(error)
        }
        return try Y4MStream(RecordingBytes(file, stop: stop), path: path)
    }

    private func show(
        _ frame: GrayFrame, at due: Int64, _ mailbox: Mailbox<CameraEvent>, _ stop: StopSignal
    ) {
        switch pace {
        case .reader:
            mailbox.post(.frame(.gray(frame)))
            mailbox.waitUntilTaken()
        case .recording:
            let early = due - clock.now()
            if early > 0 { clock.pause(early, stop) }
            mailbox.replace(.frame(.gray(frame)))
        }
    }
}
