internal import CSystem

/// What a process that reads hostile bytes takes away from itself, once and for good.
///
/// Three layers, each of which holds without the others: limits (`setrlimit(2)`, `prctl(2)`,
/// `capabilities(7)`), Landlock (`landlock(7)`: no file, no TCP, no abstract socket, no signal to others) and
/// a filter of system calls (`seccomp(2)`; the list and its reasons are in `CSystem/filter.c`).
package struct Confinement: Equatable, Sendable {
    /// The layers that are applied; all, but for a test of one.
    package struct Layers: OptionSet, Sendable {
        package let rawValue: Int

        package init(rawValue: Int) {
            self.rawValue = rawValue
        }

        package static let landlock = Layers(rawValue: 1)
        package static let filter = Layers(rawValue: 2)
        package static let all: Layers = [.landlock, .filter]
    }

    /// What the kernel granted.
    package struct Achieved: Equatable, Sendable {
        /// The version of Landlock that holds; 0 where the kernel has none. From 4 on TCP is covered, from 6 on
        /// abstract sockets and signals.
        package var landlockVersion: Int
    }

    /// All of its memory, libraries included.
    package var addressSpaceBytes: UInt64
    package var openDescriptors: UInt64
    /// The one socket to which it may write, beside standard error.
    package var socket: Int32

    package init(addressSpaceBytes: UInt64, openDescriptors: UInt64, socket: Int32) {
        self.addressSpaceBytes = addressSpaceBytes
        self.openDescriptors = openDescriptors
        self.socket = socket
    }

    /// Sets the limits, and: no new privileges, no capabilities, no core dump, not traceable, no byte written to
    /// a file, no further process; then the layers.
    ///
    /// A kernel without Landlock (before 5.13, or switched off) is served: the filter alone lets no file be
    /// opened and no socket be made. Without the filter nothing would stop a stolen process from both.
    ///
    /// - Throws: `failed` with the call that was refused; the process is then to read nothing.
    @discardableResult
    package func apply(layers: Layers = .all) throws(SystemError) -> Achieved {
        var limits = csystem_limits(
            address_space_bytes: addressSpaceBytes, open_descriptors: openDescriptors)
        let limited = csystem_limit(&limits)
        guard limited >= 0 else { throw .refused(limited, "setrlimit") }
        let version = layers.contains(.landlock) ? csystem_landlock() : 0
        guard version >= 0 else { throw .refused(version, "landlock") }
        let filtered = layers.contains(.filter) ? csystem_filter(socket) : 0
        guard filtered >= 0 else { throw .refused(filtered, "seccomp") }
        return Achieved(landlockVersion: Int(version))
    }

    /// Allows this process so many more seconds of CPU time; it is killed when it uses them up.
    package static func allowCPU(seconds: UInt64) throws(SystemError) {
        let done = csystem_allow_cpu(seconds)
        guard done >= 0 else { throw .refused(done, "setrlimit") }
    }
}

extension SystemError {
    /// Keeps the call for every errno: a path would mean nothing here.
    fileprivate static func refused(_ result: Int32, _ call: String) -> SystemError {
        .failed(call: call, subject: "", code: -result)
    }
}
