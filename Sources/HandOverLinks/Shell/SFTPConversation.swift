internal import HandOver
internal import Processes

/// What is asked of an SFTP server, one request at a time. What it answers is untrusted.
final class SFTPConversation {
    /// One answer: its kind, and what stands behind its number.
    struct Answer {
        var kind: SFTPPacket.Kind
        var body: SFTPPacket.Reader
    }

    private let channel: ShellChannel
    private(set) var extensions: Set<String> = []
    private var arrived: [UInt8] = []
    private var lastNumber: UInt32 = 0

    /// For one request; a login comes before the first.
    private static let patience = Duration.seconds(30)

    init(_ channel: ShellChannel) throws(HandOverError) {
        self.channel = channel
        do throws(SystemError) {
            var hello = SFTPPacket.Writer(.hello)
            hello.put(SFTPPacket.version)
            let deadline = Deadline(after: Self.patience)
            try channel.write(hello.packet, by: deadline)
            var reader = SFTPPacket.Reader(try packet(by: deadline))
            guard reader.byte() == SFTPPacket.Kind.version.rawValue, let version = reader.number(),
                version >= 3
            else {
                throw Self.misspoken
            }
            while let name = reader.bytes(), reader.bytes() != nil {
                extensions.insert(String(decoding: name, as: UTF8.self))
            }
        } catch { throw channel.meaning(of: error) }
    }

    var hostKey: String? { channel.hostKey }

    /// What is said of a server whose answers do not fit the protocol: EPROTO.
    static let misspoken = SystemError.failed(call: "sftp", subject: "", code: 71)

    /// Asks and gives the answer; a status other than "done" or "end" is thrown with the path.
    func ask(
        _ kind: SFTPPacket.Kind, _ path: String, _ fill: (inout SFTPPacket.Writer) -> Void
    ) throws(SystemError) -> Answer {
        lastNumber &+= 1
        var writer = SFTPPacket.Writer(kind)
        writer.put(lastNumber)
        fill(&writer)
        let deadline = Deadline(after: Self.patience)
        try channel.write(writer.packet, by: deadline)
        var reader = SFTPPacket.Reader(try packet(by: deadline))
        guard let raw = reader.byte(), let kind = SFTPPacket.Kind(rawValue: raw),
            reader.number() == lastNumber
        else {
            throw Self.misspoken
        }
        guard kind == .status else { return Answer(kind: kind, body: reader) }
        var status = reader
        switch status.number() {
        case SFTPPacket.Status.ok, SFTPPacket.Status.end: return Answer(kind: kind, body: reader)
        case SFTPPacket.Status.noFile: throw .missing(path: path)
        case SFTPPacket.Status.notPermitted: throw .notPermitted(path: path)
        // The protocol does not say why: EIO.
        case _?: throw .failed(call: "sftp", subject: path, code: 5)
        case nil: throw Self.misspoken
        }
    }

    /// The handle that the answer to opening something holds.
    func handle(
        _ kind: SFTPPacket.Kind, _ path: String, _ fill: (inout SFTPPacket.Writer) -> Void
    ) throws(SystemError) -> [UInt8] {
        var answer = try ask(kind, path, fill)
        guard answer.kind == .handle, let handle = answer.body.bytes(), handle.count <= 256 else {
            throw Self.misspoken
        }
        return handle
    }

    func close(_ handle: [UInt8], _ path: String) throws(SystemError) {
        _ = try ask(.close, path) { $0.put(handle) }
    }

    /// One packet without its length.
    private func packet(by deadline: Deadline) throws(SystemError) -> [UInt8] {
        try gather(4, by: deadline)
        let count = Int(arrived.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
        guard (1...SFTPPacket.limit).contains(count) else { throw Self.misspoken }
        try gather(4 + count, by: deadline)
        defer { arrived.removeFirst(4 + count) }
        return Array(arrived[4..<(4 + count)])
    }

    private func gather(_ count: Int, by deadline: Deadline) throws(SystemError) {
        while arrived.count < count {
            let bytes = try channel.read(upTo: SFTPPacket.limit, by: deadline)
            if bytes.isEmpty, deadline.hasPassed { throw .timedOut }
            arrived += bytes
        }
    }
}
