package import Processes

/// The files of a directory that is carried to a device.
package struct StickFiles: Sendable {
    package var read: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
    /// Whole and durable, or not at all.
    package var write: @Sendable (_ bytes: [UInt8], _ path: String) throws(SystemError) -> Void
    package var remove: @Sendable (_ path: String) throws(SystemError) -> Void
    /// Room on its file system.
    package var room: @Sendable (_ path: String) throws(SystemError) -> Files.Space
    /// Paths by a shell's pattern.
    package var matching: @Sendable (_ pattern: String) throws(SystemError) -> [String]

    package init(
        read: @escaping @Sendable (String, Int) throws(SystemError) -> [UInt8],
        write: @escaping @Sendable ([UInt8], String) throws(SystemError) -> Void,
        remove: @escaping @Sendable (String) throws(SystemError) -> Void,
        room: @escaping @Sendable (String) throws(SystemError) -> Files.Space,
        matching: @escaping @Sendable (String) throws(SystemError) -> [String]
    ) {
        self.read = read
        self.write = write
        self.remove = remove
        self.room = room
        self.matching = matching
    }

    /// The kernel's.
    package static let real = StickFiles(
        read: { path, limit throws(SystemError) in try Files.read(path, limit: limit) },
        write: { bytes, path throws(SystemError) in
            try Files.writeAtomically(bytes, to: path, mode: 0o644)
        },
        remove: { path throws(SystemError) in try Files.remove(path) },
        room: { path throws(SystemError) in try Files.space(at: path) },
        matching: { pattern throws(SystemError) in try Files.matching(pattern) })
}
