/// An opened source, used by one thread.
protocol FrameFeed {
    /// Blocks until there is something to say.
    mutating func next(_ stop: StopSignal) throws(CameraError) -> FeedStep
}

/// What an opened source says.
enum FeedStep {
    case picture(CameraPicture)
    /// Nothing of use; ask again.
    case nothing
    /// No picture for the time of the watchdog.
    case stalled(CameraError)
    case end
}

/// Keeps a live source going: opened again after a loss or a stall, for as long as it takes.
///
/// The one way back to the start waits `retryMilliseconds` first, and ends with the stop signal.
struct FeedKeeper {
    let mailbox: Mailbox<CameraEvent>
    let stop: StopSignal
    let clock: CameraClock
    let retryMilliseconds: Int64

    /// What the reader was told last about an interruption.
    private enum Told {
        case nothing, stalled, lost
    }

    /// Runs until it is stopped, or until the source cannot be opened the first time or is over.
    func run(_ open: () throws(CameraError) -> any FrameFeed) {
        var hasStarted = false
        var told = Told.nothing
        while !stop.isStopped {
            do throws(CameraError) {
                var feed = try open()
                hasStarted = true
                if try drain(&feed, &told) { return mailbox.post(.ended(nil)) }
            } catch {
                guard hasStarted else { return mailbox.post(.ended(error)) }
                if told != .lost { mailbox.post(.lost(error)) }
                told = .lost
            }
            clock.pause(retryMilliseconds, stop)
        }
    }

    /// Passes pictures on until the feed ends (`true`), stalls or is stopped.
    private func drain(_ feed: inout any FrameFeed, _ told: inout Told) throws(CameraError) -> Bool {
        while !stop.isStopped {
            switch try feed.next(stop) {
            case .picture(let picture):
                if told != .nothing { mailbox.post(.recovered) }
                told = .nothing
                mailbox.replace(.frame(picture))
            case .nothing: break
            case .stalled(let error):
                if told == .nothing { mailbox.post(.stalled(error)) }
                if told == .nothing { told = .stalled }
                return false
            case .end: return true
            }
        }
        return false
    }
}
