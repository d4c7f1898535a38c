internal import Dispatch
internal import Processes

/// Something that gives pictures one after the other: a camera, a recording, a folder.
package protocol FrameSource: Sendable {
    var kind: FrameSourceKind { get }

    /// Starts it. It ends by itself after `ended`, when its task is cancelled, or when the stream is let go.
    func events() -> AsyncStream<CameraEvent>
}

/// How pictures of a source are to be taken.
package enum FrameSourceKind: Sendable {
    /// The newest counts; those that come while the reader is busy are dropped, never queued.
    case live
    /// Every picture counts, and the source waits for the reader.
    case recorded
    /// As `recorded`, and each picture shows something else.
    case stills
}

/// Runs a blocking source on a thread of its own.
func cameraEvents(
    _ label: String, _ body: @escaping @Sendable (Mailbox<CameraEvent>, StopSignal) -> Void
) -> AsyncStream<CameraEvent> {
    let mailbox = Mailbox<CameraEvent>()
    let stop: StopSignal
    do throws(SystemError) {
        stop = try StopSignal()
    } catch {
        mailbox.post(.ended(.system(error)))
        mailbox.close()
        return mailbox.stream {}
    }
    DispatchQueue(label: label).async {
        body(mailbox, stop)
        mailbox.close()
    }
    return mailbox.stream { stop.stop() }
}
