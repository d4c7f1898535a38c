internal import CSystem

/// Sole use of something among processes: the kernel's lock on a file, held while this object is kept.
///
/// The kernel lets go when the process dies, however it dies. The file stays; it has no content. Two locks
/// within one process exclude each other too (open-file-description locks, `fcntl(2)`).
package final class FileLock: Sendable {
    package let path: String
    private let descriptor: Descriptor

    private init(path: String, descriptor: Descriptor) {
        self.path = path
        self.descriptor = descriptor
    }

    /// The lock, or `nil` when another holds it now. Makes the file (mode 0600) where there is none.
    package static func tryAcquire(_ path: String) throws(SystemError) -> FileLock? {
        try acquire(path, block: false)
    }

    /// Waits for the lock, blocking the calling thread for as long as another holds it.
    package static func acquire(_ path: String) throws(SystemError) -> FileLock {
        guard let lock = try acquire(path, block: true) else { throw .timedOut }
        return lock
    }

    private static func acquire(_ path: String, block: Bool) throws(SystemError) -> FileLock? {
        let descriptor = try Files.open(path, [.read, .write, .create], mode: 0o600)
        let held = descriptor.withNumber { csystem_lock($0, block ? 1 : 0) }
        guard held >= 0 else { throw .from(held, call: "lock", subject: path) }
        return held == 1 ? FileLock(path: path, descriptor: descriptor) : nil
    }
}
