internal import CSystem

extension Descriptor {
    /// What can be behind a descriptor.
    package enum Kind: Equatable, CaseIterable, Sendable {
        case file, folder, pipe, socket, device
    }

    /// What `fstat(2)` tells of it.
    package struct Status: Equatable, Sendable {
        package var kind: Kind
        /// Of a file; means nothing for the other kinds.
        package var sizeBytes: Int64
    }

    package func status() throws(SystemError) -> Status {
        var (kind, size): (Int32, Int64) = (0, 0)
        let found = withNumber { csystem_describe($0, &kind, &size) }
        guard found >= 0 else { throw .from(found, call: "fstat") }
        let kinds: [Int32: Kind] = [
            Int32(CSYSTEM_FILE): .file, Int32(CSYSTEM_FOLDER): .folder, Int32(CSYSTEM_PIPE): .pipe,
            Int32(CSYSTEM_SOCKET): .socket,
        ]
        return Status(kind: kinds[kind] ?? .device, sizeBytes: size)
    }

    /// The whole of a file from its first byte, whatever was read of it before. The file is read, not mapped:
    /// one that others cut short meanwhile gives fewer bytes and no signal.
    ///
    /// - Throws: `tooLarge` with an empty path before more than `limit` bytes take memory.
    package func readWhole(limit: Int) throws(SystemError) -> [UInt8] {
        let size = try status().sizeBytes
        guard size <= limit else { throw .tooLarge(path: "", limit: limit) }
        var failed: Int64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(max(0, size))) { buffer, filled in
            while filled < buffer.count {
                let at = filled
                let got = withNumber { number in
                    csystem_read_at(
                        number, buffer.baseAddress.map { $0 + at }, buffer.count - at, Int64(at))
                }
                if got < 0 { failed = got }
                guard got > 0 else { return }
                filled += Int(got)
            }
        }
        guard failed == 0 else { throw .from(failed, call: "pread") }
        return bytes
    }

    /// A memory file with these bytes that nobody can change any more (`memfd_create(2)`, file sealing).
    package static func sealedMemory(named name: String, _ bytes: [UInt8]) throws(SystemError) -> Descriptor {
        let memory = try memoryFile(named: name)
        try memory.writeAll(bytes)
        let sealed = memory.withNumber { csystem_seal($0) }
        guard sealed >= 0 else { throw .from(sealed, call: "fcntl") }
        return memory
    }
}
