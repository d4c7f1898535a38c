import CommandTable
import Credentials
import HandOver
import Model
import Processes

/// The record of a device's hand-over on the disk, and that only one process works on it.
///
/// It holds no secret, and nothing that is not found again without it: the request's operation is in the
/// outbox, the bundle on the device.
struct HandOverJournal: Sendable {
    private let path: String
    private let lock: FileLock

    /// - Throws: `CommandFailure` when another process hands over to the device now.
    init(directory: String, lane: DeviceIdentifier) throws {
        let folder = directory + "/hand-overs"
        try Files.makeDirectories(folder)
        let name = Hexadecimal.encode(Digest.sha256(Array(lane.rawValue.utf8)).prefix(16))
        path = Self.path(directory: directory, lane: lane)
        guard let lock = try FileLock.tryAcquire("\(folder)/\(name).lock") else {
            throw CommandFailure(
                .failed, "hand_over_busy", "Nothing was done: another muster hands over to \(lane.value).",
                "Wait until it has ended.")
        }
        self.lock = lock
    }

    private static func path(directory: String, lane: DeviceIdentifier) -> String {
        let name = Hexadecimal.encode(Digest.sha256(Array(lane.rawValue.utf8)).prefix(16))
        return "\(directory)/hand-overs/\(name).json"
    }

    /// The record of the last hand-over; a file that cannot be read is as none.
    func load() throws -> HandOverRecord? { try Self.read(path) }

    /// The same for somebody who only looks: no lock is taken.
    static func record(directory: String, lane: DeviceIdentifier) throws -> HandOverRecord? {
        let record = try read(path(directory: directory, lane: lane))
        return record?.device == lane ? record : nil
    }

    private static func read(_ path: String) throws -> HandOverRecord? {
        do throws(SystemError) {
            let bytes = try Files.read(path, limit: 1 << 20)
            return try? CanonicalJSON.decode(HandOverRecord.self, from: bytes)
        } catch {
            if case .missing = error { return nil }
            throw error
        }
    }

    func save(_ record: HandOverRecord) throws {
        try Files.writeAtomically(try CanonicalJSON.encode(record), to: path)
    }
}
