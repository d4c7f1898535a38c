internal import Decoding
internal import Glibc
internal import Model
internal import Processes
internal import ScanProtocol

/// The part of Muster that touches hostile pictures: open files in, symbols out, on one socket.
///
/// It opens no file, sees no secret, and gives up nearly all it could do before it reads the first byte.
enum Worker {
    private static let cpuSecondsPerPicture: UInt64 = 20

    /// Answers pictures until the socket closes; the exit status.
    static func run(_ arguments: [String]) -> Int32 {
        guard arguments.dropFirst() == ["--socket"] else {
            return complain("muster-decode is started by muster; it reads pictures from a socket", 64)
        }
        do throws(SystemError) {
            let connection = try Connection(Descriptor(owning: ScanMessage.socketNumber))
            guard let decoder = Decoder(), WarmUp.exercise(decoder) else {
                return complain("the decoder does not work on this computer", 1)
            }
            do throws(SystemError) {
                try Confinement.decoder(socket: ScanMessage.socketNumber).apply()
            } catch {
                return try refuse(connection, error)
            }
            try serve(connection, with: decoder)
            return 0
        } catch .disconnected {
            return 0
        } catch {
            return complain(error.explanation.what, 1)
        }
    }

    /// Looks at picture after picture; returns when what comes is no request.
    private static func serve(_ connection: Connection, with decoder: Decoder) throws(SystemError) {
        while true {
            let (bytes, file) = try connection.readPassed(exactly: ScanMessage.requestBytes, by: nil)
            guard let request = ScanMessage.request(bytes), let file else { return }
            try Confinement.allowCPU(seconds: cpuSecondsPerPicture)
            try send(answer(to: file, request.wish, with: decoder), request.ticket, to: connection)
        }
    }

    /// Says why no picture will be looked at, to the first that comes.
    private static func refuse(_ connection: Connection, _ error: SystemError) throws(SystemError) -> Int32 {
        let bytes = try connection.readPassed(exactly: ScanMessage.requestBytes, by: nil).bytes
        guard let ticket = ScanMessage.request(bytes)?.ticket else { return 1 }
        try send(.failure(.unconfined(reason: error.explanation.what)), ticket, to: connection)
        return 1
    }

    private static func send(
        _ answer: Result<PictureReading, ScanFailure>, _ ticket: UInt32, to connection: Connection
    ) throws(SystemError) {
        let reply = ScanMessage.encode(answer)
        try connection.write(ScanMessage.header(for: reply.count, ticket: ticket) + reply, by: nil)
    }

    private static func answer(
        to file: Descriptor, _ wish: PictureWish, with decoder: Decoder
    ) -> Result<PictureReading, ScanFailure> {
        do throws(SystemError) {
            guard try file.status().kind == .file else { return .failure(.notAPicture) }
            let bytes = try file.readWhole(limit: ScanMessage.mostPictureBytes)
            return PageScan.read(bytes, wish, decoder)
        } catch {
            if case .tooLarge = error { return .failure(.tooLarge) }
            return .failure(.corrupt(reason: "the file cannot be read"))
        }
    }

    private static func complain(_ sentence: String, _ status: Int32) -> Int32 {
        let line = Array((sentence + "\n").utf8)
        _ = write(STDERR_FILENO, line, line.count)
        return status
    }
}
