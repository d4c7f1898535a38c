package import Processes
package import ScanProtocol

/// A picture on its way to a worker.
package enum PictureSource: Sendable {
    /// A whole file.
    case bytes([UInt8])
    /// Open for reading.
    case file(Descriptor)
}

extension Scanner {
    /// The symbols of one picture.
    package func scan(
        _ picture: PictureSource, wish: PictureWish = PictureWish()
    ) throws(ScanError) -> ScannedPicture {
        switch picture {
        case .bytes(let bytes): try scan(bytes, wish: wish)
        case .file(let file): try scan(file: file, wish: wish)
        }
    }
}
