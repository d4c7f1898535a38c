internal import CSystem

/// What others of the same user may see of this process's memory.
package enum ProcessMemory {
    /// From now on nothing: no core file, no tracing, no reading. Programs that hold secrets do it first of all.
    package static func protect() throws(SystemError) {
        let done = csystem_protect_memory()
        guard done >= 0 else { throw .from(done, call: "prctl") }
    }

    package static var isProtected: Bool { csystem_memory_is_protected() == 1 }
}
