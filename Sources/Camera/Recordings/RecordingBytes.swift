internal import Processes

/// Bytes of a file, pipe or socket, one piece after the other.
struct RecordingBytes {
    private let descriptor: Descriptor
    private let stop: StopSignal
    /// Without a byte for so long, the other end is taken to hang; `nil` waits for ever.
    private let patience: Duration?
    private var waiting: [UInt8] = []
    private var position = 0

    /// Why there are no more bytes.
    enum Shortage: Error, Equatable {
        case end, late, stopped
        case system(SystemError)
    }

    private static let chunk = 1 << 18

    init(_ descriptor: Descriptor, stop: StopSignal, patience: Duration? = nil) {
        self.descriptor = descriptor
        self.stop = stop
        self.patience = patience
    }

    /// The bytes before the next LF, which is taken too; `nil` when there are more than `limit`.
    mutating func line(limit: Int) throws(Shortage) -> [UInt8]? {
        var line: [UInt8] = []
        while line.count <= limit {
            if position == waiting.count { try fill() }
            let byte = waiting[position]
            position += 1
            if byte == 0x0A { return line }
            line.append(byte)
        }
        return nil
    }

    /// Exactly so many bytes.
    mutating func take(_ count: Int) throws(Shortage) -> [UInt8] {
        var taken: [UInt8] = []
        taken.reserveCapacity(count)
        while taken.count < count {
            if position == waiting.count { try fill() }
            let end = min(waiting.count, position + count - taken.count)
            taken += waiting[position..<end]
            position = end
        }
        return taken
    }

    /// Passes over so many bytes.
    mutating func skip(_ count: Int) throws(Shortage) {
        var left = count
        while left > 0 {
            if position == waiting.count { try fill() }
            let step = min(left, waiting.count - position)
            position += step
            left -= step
        }
    }

    private mutating func fill() throws(Shortage) {
        (waiting, position) = ([], 0)
        guard try systemCall({ () throws(SystemError) in try isReady() }) else {
            throw stop.isStopped ? .stopped : .late
        }
        waiting = try systemCall { () throws(SystemError) in try descriptor.read(upTo: Self.chunk) }
        if waiting.isEmpty { throw .end }
    }

    private func isReady() throws(SystemError) -> Bool {
        try stop.waits(for: descriptor, by: patience.map { Deadline(after: $0) })
    }

    private func systemCall<Result>(_ body: () throws(SystemError) -> Result) throws(Shortage) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            throw .system(error)
        }
    }
}
