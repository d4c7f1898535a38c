internal import CSystem

/// Files and directories, with the guarantees that Muster needs of them.
package enum Files {
    /// What `stat(2)` tells of a path.
    package struct Status: Equatable, Sendable {
        package var isDirectory: Bool
        package var sizeBytes: Int64
        /// Permission bits, such as `0o600`.
        package var mode: Int32
    }

    /// Room on a file system, in bytes.
    package struct Space: Equatable, Sendable {
        /// For this user.
        package var available: UInt64
        package var total: UInt64

        package init(available: UInt64, total: UInt64) {
            self.available = available
            self.total = total
        }
    }

    /// The whole of a file, a pipe or a device such as `/dev/stdin`; one byte more than `limit` gives
    /// `tooLarge`, before memory is spent on the rest.
    package static func read(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
        let file = try open(path, [.read])
        var bytes: [UInt8] = []
        while true {
            let chunk = try naming(path) { () throws(SystemError) in
                try file.read(upTo: min(1 << 20, limit + 1 - bytes.count))
            }
            if chunk.isEmpty { return bytes }
            bytes += chunk
            guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
        }
    }

    /// The file's bytes, read into the caller's own memory and nowhere else: for secrets.
    ///
    /// - Returns: how many there are.
    /// - Throws: `tooLarge` when there is not a byte of room more than that.
    package static func read(
        _ path: String, into room: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Int {
        let file = try open(path, [.read])
        var count = 0
        while count < room.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: room[count...])
            let read = try naming(path) { () throws(SystemError) in try file.read(into: rest) }
            if read == 0 { return count }
            count += read
        }
        throw .tooLarge(path: path, limit: room.count - 1)
    }

    /// Puts a file in place whole or not at all, also across a power cut: temporary file beside it, fsync,
    /// rename, fsync of the directory. The file belongs to this user alone unless `mode` says more.
    package static func writeAtomically(
        _ bytes: [UInt8], to path: String, mode: Int32 = 0o600
    ) throws(SystemError) {
        let temporary = path + ".new-" + String(SystemClock.randomNumber(), radix: 36)
        do throws(SystemError) {
            try writeDurably(bytes, to: temporary, mode: mode)
            let moved = csystem_rename(temporary, path)
            guard moved >= 0 else { throw .from(moved, call: "rename", subject: path) }
        } catch {
            _ = csystem_unlink(temporary)
            throw error
        }
        try syncDirectory(directory(of: path))
    }

    private static func writeDurably(_ bytes: [UInt8], to path: String, mode: Int32) throws(SystemError) {
        let file = try open(path, [.write, .create, .exclusive], mode: mode)
        try naming(path) { () throws(SystemError) in try file.writeAll(bytes) }
        let synced = file.withNumber { number in
            let set = csystem_chmod(number, mode)
            return set < 0 ? set : csystem_fsync(number)
        }
        guard synced >= 0 else { throw .from(synced, call: "fsync", subject: path) }
    }

    /// Makes the names within a directory durable: a file made or renamed there is found after a power cut.
    package static func syncDirectory(_ path: String) throws(SystemError) {
        let synced = try open(path, [.read, .directory]).withNumber { csystem_fsync($0) }
        guard synced >= 0 else { throw .from(synced, call: "fsync", subject: path) }
    }

    /// Makes a directory and those above it; one that is there stays as it is.
    package static func makeDirectories(_ path: String, mode: Int32 = 0o700) throws(SystemError) {
        if let found = try status(path) {
            guard found.isDirectory else {
                throw .failed(call: "mkdir", subject: path, code: Errno.notDirectory)
            }
            return
        }
        let above = directory(of: path)
        if above != path { try makeDirectories(above, mode: mode) }
        let made = csystem_mkdir(path, mode)
        guard made >= 0 || made == -Errno.exists else { throw .from(made, call: "mkdir", subject: path) }
    }

    /// Takes a file away; nothing happens when there is none.
    package static func remove(_ path: String) throws(SystemError) {
        let removed = csystem_unlink(path)
        guard removed >= 0 || removed == -Errno.noEntry else {
            throw .from(removed, call: "unlink", subject: path)
        }
    }

    /// What is at a path; `nil` when nothing is.
    package static func status(_ path: String) throws(SystemError) -> Status? {
        var (isDirectory, size, mode): (Int32, Int64, Int32) = (0, 0, 0)
        let found = csystem_stat(path, &isDirectory, &size, &mode)
        if found == -Errno.noEntry { return nil }
        guard found >= 0 else { throw .from(found, call: "stat", subject: path) }
        return Status(isDirectory: isDirectory == 1, sizeBytes: size, mode: mode)
    }

    /// Room left on the file system that holds the path.
    package static func space(at path: String) throws(SystemError) -> Space {
        var (available, total): (UInt64, UInt64) = (0, 0)
        let found = csystem_free_space(path, &available, &total)
        guard found >= 0 else { throw .from(found, call: "statvfs", subject: path) }
        return Space(available: available, total: total)
    }

    /// The directory part of a path: `.` when it has none.
    package static func directory(of path: String) -> String {
        let trimmed = path.count > 1 && path.last == "/" ? path.dropLast() : path[...]
        guard let slash = trimmed.lastIndex(of: "/") else { return "." }
        return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
    }
}

extension Files {
    /// How a file is opened.
    package struct OpenFlags: OptionSet, Sendable {
        package let rawValue: Int32

        package init(rawValue: Int32) {
            self.rawValue = rawValue
        }

        package static let read = OpenFlags(rawValue: Int32(CSYSTEM_READ))
        package static let write = OpenFlags(rawValue: Int32(CSYSTEM_WRITE))
        package static let create = OpenFlags(rawValue: Int32(CSYSTEM_CREATE))
        /// With `create`: the file must not be there yet.
        package static let exclusive = OpenFlags(rawValue: Int32(CSYSTEM_EXCLUSIVE))
        package static let directory = OpenFlags(rawValue: Int32(CSYSTEM_DIRECTORY))
        /// Each write goes to the end.
        package static let append = OpenFlags(rawValue: Int32(CSYSTEM_APPEND))
        /// Opening waits for nobody: a pipe that has no writer yet is opened at once.
        package static let nonblocking = OpenFlags(rawValue: Int32(CSYSTEM_NONBLOCKING))
    }

    /// Opens a file; it is closed when the descriptor goes.
    package static func open(
        _ path: String, _ flags: OpenFlags, mode: Int32 = 0o600
    ) throws(SystemError) -> Descriptor {
        let opened = csystem_open(path, flags.rawValue, mode)
        guard opened >= 0 else { throw .from(opened, call: "open", subject: path) }
        return Descriptor(owning: opened)
    }

    /// Puts the path into an error that a descriptor, which knows none, has thrown.
    private static func naming<Result>(
        _ path: String, _ body: () throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        do throws(SystemError) {
            return try body()
        } catch {
            switch error {
            case .missing: throw .missing(path: path)
            case .notPermitted: throw .notPermitted(path: path)
            case .diskFull: throw .diskFull(path: path)
            case .failed(let call, _, let code): throw .failed(call: call, subject: path, code: code)
            case .tooLarge, .disconnected, .timedOut: throw error
            }
        }
    }
}
