internal import Decoding
internal import Glibc
internal import Model
internal import Processes
internal import ScanProtocol

/// The part of Muster that touches hostile pictures: bytes in, symbols out, on one socket.
///
/// It opens no file, sees no secret, and gives up nearly all it could do before it reads the first byte.
enum Worker {
    /// Memory for the largest picture accepted, in the format that needs most (TIFF: four bytes a pixel
    /// beside the file and the grey copies), and for the libraries.
    private static let confinement = Confinement(addressSpaceBytes: 1 << 30, openDescriptors: 16)
    private static let cpuSecondsPerPicture: UInt64 = 20

    /// Answers pictures until the socket closes; the exit status.
    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.dropFirst() == ["--socket"] else {
            return complain("muster-decode is started by muster; it reads pictures from a socket", 64)
        }
        do throws(SystemError) {
            let connection = try Connection(Descriptor(owning: ScanMessage.socketNumber))
            try confinement.apply()
            guard let decoder = Decoder() else { return complain("no memory for a decoder", 1) }
            while true {
                guard let (picture, wish) = try nextPicture(connection) else { return 0 }
                try Confinement.allowCPU(seconds: cpuSecondsPerPicture)
                let reply = ScanMessage.encode(answer(to: picture, wish, with: decoder))
                try connection.write(ScanMessage.header(for: reply.count) + reply, by: nil)
            }
        } catch .disconnected {
            return 0
        } catch {
            return complain(error.explanation.what, 1)
        }
    }

    /// The bytes of one picture and what is wished; `nil` when what came is no request.
    private static func nextPicture(
        _ connection: Connection
    ) throws(SystemError) -> ([UInt8], PictureWish)? {
        let header = try connection.read(exactly: 4, by: nil)
        let limit = ScanMessage.mostRequestBytes
        guard let count = ScanMessage.length(ofHeader: header, limit: limit), count >= ScanMessage.wishBytes,
            let wish = ScanMessage.wish(try connection.read(exactly: ScanMessage.wishBytes, by: nil))
        else { return nil }
        return (try connection.read(exactly: count - ScanMessage.wishBytes, by: nil), wish)
    }

    private static func answer(
        to bytes: [UInt8], _ wish: PictureWish, with decoder: Decoder
    ) -> Result<PictureReading, ScanFailure> {
        do throws(DecodingError) {
            let picture = try PictureReader.read(bytes)
            let symbols = decoder.symbols(in: picture, thorough: wish.effort == .thorough)
            let copy = wish.copySide > 0 ? picture.shrunk(toFit: wish.copySide) : nil
            return .success(
                PictureReading(
                    width: picture.width, height: picture.height, symbols: symbols,
                    copy: copy.map { GrayCopy(width: $0.width, height: $0.height, pixels: $0.pixels) }))
        } catch {
            return switch error {
            case .notAPicture: .failure(.notAPicture)
            case .tooLarge: .failure(.tooLarge)
            case .corrupt(let reason): .failure(.corrupt(reason: reason))
            }
        }
    }

    private static func complain(_ sentence: String, _ status: Int32) -> Int32 {
        let line = Array((sentence + "\n").utf8)
        _ = write(STDERR_FILENO, line, line.count)
        return status
    }
}
