internal import CImages

/// The frames of a GIF, each as it is seen: drawn over what the earlier ones left.
///
/// Source: W3C, GIF89a specification; a frame is an image descriptor with its data.
final class GIFAnimation: PageSource {
    let total: Int
    private let gif: OpaquePointer
    /// Read by the library as long as `gif` is open.
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private var isBroken = false
    private var read = 0

    /// After a damaged frame no other can be found.
    var readable: Int { isBroken ? read : total }

    init(_ bytes: [UInt8], mostPixels: Int) throws(DecodingError) {
        total = FrameCount.ofGIF(bytes)
        guard total > 0 else { throw .corrupt(reason: "the GIF holds no frame") }
        self.bytes = .allocate(capacity: bytes.count)
        _ = self.bytes.initialize(from: bytes)
        var gray = cimages_gray()
        var outcome = Int32(CIMAGES_READ)
        guard
            let opened = cimages_gif_open(
                self.bytes.baseAddress, bytes.count, UInt64(mostPixels), &gray, &outcome)
        else {
            self.bytes.deallocate()
            throw PictureReader.error(outcome, gray)
        }
        gif = opened
    }

    deinit {
        cimages_gif_close(gif)
        bytes.deallocate()
    }

    func read(page: Int, mostPixels: Int) throws(DecodingError) -> GrayPicture {
        var gray = cimages_gray()
        let outcome = cimages_gif_next(gif, &gray)
        read += 1
        do throws(DecodingError) {
            return try PictureReader.picture(outcome, &gray)
        } catch {
            isBroken = true
            throw error
        }
    }
}
