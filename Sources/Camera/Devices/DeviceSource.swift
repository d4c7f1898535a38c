internal import Processes

/// A camera of this machine as a source of pictures. It survives being unplugged and plugged in again, also
/// when it comes back under another number.
package struct DeviceSource: FrameSource {
    package let path: String
    private let settings: Settings

    package var kind: FrameSourceKind { .live }

    /// How a camera is used.
    package struct Settings: Sendable {
        /// What is asked for; the camera gives the nearest it has. Labels need detail more than pace.
        package var width = 1280
        package var height = 720
        package var framesPerSecond = 30
        /// Without a frame for so long, a camera is taken to hang and opened again.
        package var stallMilliseconds: Int64 = 2000
        package var retryMilliseconds: Int64 = 500
        package var clock = CameraClock.system

        package init() {}
    }

    /// - Parameters:
    ///   - path: its node, such as `/dev/video0`.
    ///   - settings: as a rule those of a label camera.
    package init(path: String, settings: Settings = Settings()) {
        self.path = path
        self.settings = settings
    }

    package func events() -> AsyncStream<CameraEvent> {
        let (path, settings) = (path, settings)
        return cameraEvents("muster.camera") { mailbox, stop in
            var opener = DeviceOpener(path: path, settings: settings)
            FeedKeeper(
                mailbox: mailbox, stop: stop, clock: settings.clock,
                retryMilliseconds: settings.retryMilliseconds
            ).run { () throws(CameraError) in try opener.open() }
        }
    }
}

/// Opens a camera, and the same one again wherever it turns up.
private struct DeviceOpener {
    let path: String
    let settings: DeviceSource.Settings
    private var known: CameraDevice?

    init(path: String, settings: DeviceSource.Settings) {
        self.path = path
        self.settings = settings
    }

    mutating func open() throws(CameraError) -> any FrameFeed {
        let device = try find()
        let handle = try CameraHandle(
            path: device.path, width: settings.width, height: settings.height,
            framesPerSecond: settings.framesPerSecond)
        known = device
        return DeviceFeed(path: device.path, handle: handle, settings: settings)
    }

    private func find() throws(CameraError) -> CameraDevice {
        do throws(CameraError) {
            return try CameraDevice(path: path)
        } catch {
            guard let known,
                let moved = CameraDevice.survey().cameras.first(where: {
                    $0.name == known.name && $0.place == known.place
                })
            else { throw error }
            return moved
        }
    }
}

/// An open camera that is watched.
private struct DeviceFeed: FrameFeed {
    private let path: String
    private let handle: CameraHandle
    private let settings: DeviceSource.Settings
    /// By when the next frame has to be there.
    private var watchdog: Deadline

    init(path: String, handle: CameraHandle, settings: DeviceSource.Settings) {
        self.path = path
        self.handle = handle
        self.settings = settings
        watchdog = Deadline(after: .milliseconds(settings.stallMilliseconds))
    }

    mutating func next(_ stop: StopSignal) throws(CameraError) -> FeedStep {
        try handle.wait(stop, by: watchdog)
        guard !stop.isStopped else { return .nothing }
        guard let picture = try handle.take(at: settings.clock.now()) else {
            return watchdog.hasPassed ? .stalled(.stalled(path: path)) : .nothing
        }
        watchdog = Deadline(after: .milliseconds(settings.stallMilliseconds))
        return .picture(picture)
    }
}
