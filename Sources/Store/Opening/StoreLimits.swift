/// The store's limits, each with its unit and reason.
package enum StoreLimits {
    /// Bytes. Twice what a write-ahead log of `logPages` holds: on a full disk a checkpoint needs room
    /// for all of it.
    package static let ballastBytes = 8 << 20
    /// Bytes that must be free besides the ballast before it is made again, so that it does not fill
    /// the disk itself.
    package static let ballastMarginBytes: UInt64 = 16 << 20
    /// Pages of 4 KiB. A longer log is copied into the database even while operations are being sent.
    package static let logPages = 1000
    /// Bytes that the log file keeps after it was copied; what is above is given back to the disk.
    package static let keptLogBytes = 1 << 20
    /// Rows moved to `archived` in one transaction, so that capture never waits long for it.
    package static let archiveRows = 500
    /// Devices that a search returns at most.
    package static let foundDevices = 200
}
