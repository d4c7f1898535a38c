internal import Processes

/// The pictures of a folder, one after the other, in the place of a camera.
package struct PictureFolderSource: FrameSource {
    private let paths: [String]
    private static let mostBytes = 64 << 20
    private static let endings = ["png", "jpg", "jpeg", "webp", "tif", "tiff", "bmp", "pgm", "ppm"]

    package var kind: FrameSourceKind { .stills }

    /// - Parameters:
    ///   - directory: the folder.
    ///   - names: of what is in it; what has not the ending of a picture is left out.
    package init(directory: String, names: [String]) {
        paths = names.filter { name in
            Self.endings.contains { name.lowercased().hasSuffix("." + $0) }
        }.sorted().map { directory + "/" + $0 }
    }

    package func events() -> AsyncStream<CameraEvent> {
        let paths = paths
        return cameraEvents("muster.pictures") { mailbox, stop in
            for (number, path) in paths.enumerated() where !stop.isStopped {
                do throws(SystemError) {
                    let bytes = try Files.read(path, limit: Self.mostBytes)
                    // A second each: nothing else gives stills a time.
                    let frame = EncodedFrame(
                        bytes: bytes, sequence: number, capturedAtMilliseconds: Int64(number) * 1000)
                    mailbox.post(.frame(.encoded(frame)))
                    mailbox.waitUntilTaken()
                } catch {
                    return mailbox.post(.ended(.system(error)))
                }
            }
            mailbox.post(.ended(nil))
        }
    }
}
