import Processes

/// A file of zeros that is given up when the disk is full, so that what is saved can still be sent and
/// settled.
struct Ballast: Sendable {
    let path: String

    /// Whether the room that is left allows to make the ballast.
    static func fits(availableBytes: UInt64) -> Bool {
        availableBytes >= UInt64(StoreLimits.ballastBytes) + StoreLimits.ballastMarginBytes
    }

    /// Makes the ballast when it is missing and there is room. A disk without room is no error here.
    func keep() throws(StoreError) {
        do throws(SystemError) {
            if let status = try Files.status(path), status.sizeBytes >= Int64(StoreLimits.ballastBytes) {
                return
            }
            guard Self.fits(availableBytes: try Files.space(at: Files.directory(of: path)).available) else {
                return
            }
            // One that a kill cut short is begun anew; it need not survive a power cut.
            try Files.remove(path)
            try Files.open(path, [.write, .create, .exclusive], mode: 0o600)
                .writeAll([UInt8](repeating: 0, count: StoreLimits.ballastBytes))
        } catch {
            guard case .diskFull = error else { throw .system(error) }
            _ = try release()
        }
    }

    /// Gives the room back. Returns whether there was any.
    func release() throws(StoreError) -> Bool {
        try StoreError.wrapping { () throws(SystemError) in
            guard try Files.status(path) != nil else { return false }
            try Files.remove(path)
            return true
        }
    }
}
