package import HandOver
package import Processes

/// The files of a directory that is carried to a device, or is on it.
package struct StickFiles: Sendable {
    package var read: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
    /// Whole and durable, or not at all.
    package var write: @Sendable (_ bytes: [UInt8], _ path: String) throws(SystemError) -> Void
    package var remove: @Sendable (_ path: String) throws(SystemError) -> Void
    /// Room on its file system.
    package var room: @Sendable (_ path: String) throws(SystemError) -> Files.Space
    /// The folders in a directory in which a device has said who it is, by their paths.
    package var folders: @Sendable (_ directory: String) throws(SystemError) -> [String]
    package var evidence: @Sendable () -> LinkEvidence

    package init(
        read: @escaping @Sendable (String, Int) throws(SystemError) -> [UInt8],
        write: @escaping @Sendable ([UInt8], String) throws(SystemError) -> Void,
        remove: @escaping @Sendable (String) throws(SystemError) -> Void,
        room: @escaping @Sendable (String) throws(SystemError) -> Files.Space,
        folders: @escaping @Sendable (String) throws(SystemError) -> [String],
        evidence: @escaping @Sendable () -> LinkEvidence
    ) {
        self.read = read
        self.write = write
        self.remove = remove
        self.room = room
        self.folders = folders
        self.evidence = evidence
    }

    /// The kernel's.
    package static let real = StickFiles(
        read: { path, limit throws(SystemError) in try Files.read(path, limit: limit) },
        write: { bytes, path throws(SystemError) in
            try Files.writeAtomically(bytes, to: path, mode: DirectoryLayout.mode(of: path))
        },
        remove: { path throws(SystemError) in try Files.remove(path) },
        room: { path throws(SystemError) in try Files.space(at: path) },
        folders: { directory throws(SystemError) in
            try Files.matching(literal(directory) + "/*/" + DirectoryLayout.announcementName)
                .map { Files.directory(of: $0) }
        }, evidence: { LinkEvidence(.directory) })

    /// A path in which nothing is a pattern.
    private static func literal(_ path: String) -> String {
        path.map { "*?[]\\".contains($0) ? "\\\($0)" : String($0) }.joined()
    }
}
