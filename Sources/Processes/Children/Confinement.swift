internal import CSystem

/// What a process that reads hostile bytes takes away from itself, once and for good.
///
/// Source: `prctl(2)`, `setrlimit(2)`.
package struct Confinement: Equatable, Sendable {
    /// All of its memory, libraries included.
    package var addressSpaceBytes: UInt64
    package var openDescriptors: UInt64

    package init(addressSpaceBytes: UInt64, openDescriptors: UInt64) {
        self.addressSpaceBytes = addressSpaceBytes
        self.openDescriptors = openDescriptors
    }

    /// Sets these limits, and: no new privileges, no core dump, not traceable, no byte written to a file.
    package func apply() throws(SystemError) {
        var limits = csystem_limits(
            address_space_bytes: addressSpaceBytes, open_descriptors: openDescriptors)
        let done = csystem_confine(&limits)
        guard done >= 0 else { throw .from(done, call: "setrlimit") }
    }

    /// Allows this process so many more seconds of CPU time; it is killed when it uses them up.
    package static func allowCPU(seconds: UInt64) throws(SystemError) {
        let done = csystem_allow_cpu(seconds)
        guard done >= 0 else { throw .from(done, call: "setrlimit") }
    }
}
