package import HandOver
internal import Processes
internal import Synchronization

/// The files of a device over SFTP, each put in place whole: written beside, synced, renamed.
package final class SFTPFiles: Sendable {
    private let conversation: Mutex<SFTPConversation>

    /// Connects and logs in.
    ///
    /// - Throws: why that did not work.
    package init(_ shell: SecureShell) throws(HandOverError) {
        let channel = try ShellChannel(shell, .subsystem("sftp"))
        conversation = Mutex(try SFTPConversation(channel))
    }

    /// As a directory link takes them.
    package var stick: StickFiles {
        StickFiles(
            read: { path, limit throws(SystemError) in
                try self.with { c throws(SystemError) in try Self.read(c, path, limit) }
            },
            write: { bytes, path throws(SystemError) in
                try self.with { c throws(SystemError) in try Self.write(c, bytes, path) }
            },
            remove: { path throws(SystemError) in
                try self.with { c throws(SystemError) in try Self.remove(c, path) }
            },
            room: { path throws(SystemError) in
                try self.with { c throws(SystemError) in try Self.room(c, path) }
            },
            folders: { path throws(SystemError) in
                try self.with { c throws(SystemError) in try Self.folders(c, path) }
            },
            evidence: { LinkEvidence(.shellDirectory, peer: self.conversation.withLock { $0.hostKey }) })
    }

    private func with<Result: Sendable>(
        _ body: (SFTPConversation) throws(SystemError) -> Result
    ) throws(SystemError) -> Result {
        try conversation.withLock { conversation throws(SystemError) in try body(conversation) }
    }

    private static func read(
        _ conversation: SFTPConversation, _ path: String, _ limit: Int
    ) throws(SystemError) -> [UInt8] {
        let handle = try conversation.handle(.open, path) {
            $0.put(path.utf8)
            $0.put(SFTPPacket.OpenFlags.read)
            $0.put(UInt32(0))
        }
        var bytes: [UInt8] = []
        while true {
            var answer = try conversation.ask(.read, path) {
                $0.put(handle)
                $0.put(UInt64(bytes.count))
                $0.put(UInt32(SFTPPacket.chunkBytes))
            }
            if answer.kind == .status { break }
            guard answer.kind == .data, let data = answer.body.bytes(), !data.isEmpty else {
                throw SFTPConversation.misspoken
            }
            bytes += data
            guard bytes.count <= limit else { throw .tooLarge(path: path, limit: limit) }
        }
        try conversation.close(handle, path)
        return bytes
    }

    private static func write(
        _ conversation: SFTPConversation, _ bytes: [UInt8], _ path: String
    ) throws(SystemError) {
        let temporary = path + ".new-" + String(SystemClock.randomNumber(), radix: 36)
        do throws(SystemError) {
            try writeDurably(conversation, bytes, temporary, mode: DirectoryLayout.mode(of: path))
            try rename(conversation, temporary, path)
        } catch {
            try? remove(conversation, temporary)
            throw error
        }
    }

    private static func rename(
        _ conversation: SFTPConversation, _ temporary: String, _ path: String
    ) throws(SystemError) {
        let replaces = SFTPPacket.Extension.rename.rawValue
        guard conversation.extensions.contains(replaces) else {
            // The protocol's own takes no place that is taken. A device that looks in between finds a file
            // missing, and works on with what it has.
            try remove(conversation, path)
            _ = try conversation.ask(.rename, path) {
                $0.put(temporary.utf8)
                $0.put(path.utf8)
            }
            return
        }
        _ = try conversation.ask(.extended, path) {
            $0.put(replaces.utf8)
            $0.put(temporary.utf8)
            $0.put(path.utf8)
        }
    }

    private static func writeDurably(
        _ conversation: SFTPConversation, _ bytes: [UInt8], _ path: String, mode: Int32
    ) throws(SystemError) {
        let handle = try conversation.handle(.open, path) {
            $0.put(path.utf8)
            $0.put(SFTPPacket.OpenFlags.write | SFTPPacket.OpenFlags.create | SFTPPacket.OpenFlags.exclusive)
            // Of the attributes only the permissions.
            $0.put(UInt32(4))
            $0.put(UInt32(mode))
        }
        for start in stride(from: 0, to: bytes.count, by: SFTPPacket.chunkBytes) {
            _ = try conversation.ask(.write, path) {
                $0.put(handle)
                $0.put(UInt64(start))
                $0.put(bytes[start..<min(bytes.count, start + SFTPPacket.chunkBytes)])
            }
        }
        if conversation.extensions.contains(SFTPPacket.Extension.sync.rawValue) {
            _ = try conversation.ask(.extended, path) {
                $0.put(SFTPPacket.Extension.sync.rawValue.utf8)
                $0.put(handle)
            }
        }
        try conversation.close(handle, path)
    }

    private static func remove(_ conversation: SFTPConversation, _ path: String) throws(SystemError) {
        do throws(SystemError) {
            _ = try conversation.ask(.remove, path) { $0.put(path.utf8) }
        } catch {
            if case .missing = error { return }
            throw error
        }
    }

    /// A server that cannot tell is taken to have room: a write that finds none is an error too.
    private static func room(
        _ conversation: SFTPConversation, _ path: String
    ) throws(SystemError) -> Files.Space {
        let name = SFTPPacket.Extension.room.rawValue
        guard conversation.extensions.contains(name) else { return Files.Space(available: .max, total: .max) }
        var answer = try conversation.ask(.extended, path) {
            $0.put(name.utf8)
            $0.put(path.utf8)
        }
        var words: [UInt64] = []
        while answer.kind == .extendedReply, words.count < 5, let word = answer.body.longNumber() {
            words.append(word)
        }
        // Block size, fragment size, blocks, free, free for this user.
        guard words.count == 5 else { throw SFTPConversation.misspoken }
        func bytes(_ count: UInt64) -> UInt64 {
            let product = count.multipliedReportingOverflow(by: words[1])
            return product.overflow ? .max : product.partialValue
        }
        return Files.Space(available: bytes(words[4]), total: bytes(words[2]))
    }
}
