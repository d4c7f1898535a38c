import CommandTable
import Camera
import Model
import Preview
import Scanning
import Screens

/// The camera as long as a screen shows it.
actor CameraFeed {
    private let context: CommandContext
    private let mailbox: Mailbox
    private var reading: Task<Void, Never>?
    private var device: String?

    /// Cells of the largest picture; the screen shows what fits.
    private static let columns = 64
    private static let rows = 14

    init(_ context: CommandContext, _ mailbox: Mailbox) {
        self.context = context
        self.mailbox = mailbox
    }

    func perform(_ request: Request) {
        switch request {
        case .listCameras:
            let cameras = CameraDevice.survey().cameras
            mailbox.post(.answered(.camerasListed(cameras.map { CameraFact(path: $0.path, name: $0.name) })))
        case .openCamera(let name): open(name)
        case .closeCamera: close()
        case .setTorch(let isOn): setTorch(isOn)
        default: break
        }
    }

    private func open(_ name: String?) {
        close()
        do {
            guard let name = name ?? CameraDevice.survey().cameras.first?.path else {
                throw CommandFailure(
                    .unavailable, "camera_not_found", "No camera was found.",
                    "Plug one in, or name a video file or network camera in the settings.")
            }
            device = name
            read(try CameraChoice.source(named: name, context.surroundings), hasTorch: hasTorch)
        } catch { mailbox.post(.answered(.cameraTrouble(CommandFailure(error).explanation))) }
    }

    func close() {
        reading?.cancel()
        (reading, device) = (nil, nil)
    }

    private var hasTorch: Bool {
        guard let device, device.hasPrefix("/dev/"), let camera = try? CameraDevice(path: device),
            let controls = try? camera.controls()
        else { return false }
        return controls.contains { $0.kind == .torch }
    }

    private func setTorch(_ isOn: Bool) {
        guard let device else { return }
        do throws(CameraError) {
            try CameraDevice(path: device).set(.torch, to: isOn ? 1 : 0)
        } catch { mailbox.post(.answered(.cameraTrouble(error.explanation))) }
    }

    private func read(_ source: any FrameSource, hasTorch: Bool) {
        let mailbox = mailbox
        let scanner = Scanner(
            worker: context.surroundings.programDirectory + "/muster-decode", timeout: .seconds(10))
        reading = Task {
            for await news in await CameraScanner(source: source, scanner: scanner).news() {
                switch news {
                case .preview(let preview):
                    let sight = Self.sight(preview, hasTorch)
                    mailbox.post(.answered(.cameraSees(sight)))
                case .scanned(let symbols): mailbox.post(.answered(.cameraScanned(symbols)))
                case .trouble(let explanation): mailbox.post(.answered(.cameraTrouble(explanation)))
                case .recovered: break
                case .ended(let reason?): mailbox.post(.answered(.cameraTrouble(reason)))
                case .ended(nil): break
                }
            }
            await scanner.stop()
        }
    }

    private static func sight(_ preview: CameraPreview, _ hasTorch: Bool) -> CameraSight {
        let fit = preview.frame.fit(width: Self.columns, height: 2 * Self.rows)
        let outline = preview.outlines.flatMap { PreviewOutline($0, in: fit).cells }
        return CameraSight(
            picture: View.Pixels(
                frame: preview.frame.scaled(width: Self.columns, height: 2 * Self.rows), outline: outline),
            hints: preview.hints, hasTorch: hasTorch)
    }
}
