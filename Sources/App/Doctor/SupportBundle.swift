import CommandTable
import Credentials
import Model
import Processes
import Store
import SyncCore

/// What support needs to see, as plain files in a new directory of this user's: no secret, and of devices, people and places
/// nothing but names that mean something within this bundle alone.
struct SupportBundle {
    let context: CommandContext
    let directory: String
    /// Mixed into every name that is hidden, and then forgotten: nobody can try names through.
    private let salt: [UInt8]

    static let option = Command.Option(
        "bundle", .value("DIR"), "Write what support needs into the new directory DIR; it holds no secret",
        isFile: true)

    /// Newest operations and audit entries that it holds at most.
    private static let most = 500

    init(_ context: CommandContext, directory: String) {
        self.context = context
        self.directory = directory
        salt = context.surroundings.randomBytes(16)
    }

    /// Writes all of it; without a store, what there is.
    ///
    /// - Throws: `CommandFailure` with exit code 73 when the directory is there already or cannot be made.
    func write(_ checks: [DoctorCheck], _ companion: Companion?) async throws {
        guard try writing({ () throws(SystemError) in try Files.status(directory) }) == nil else {
            throw CommandFailure(
                .cannotWrite, "file_exists", "Nothing was written: \(directory) is there already.",
                "Name a new directory, or move that one away.")
        }
        try writing { () throws(SystemError) in try Files.makeDirectories(directory) }
        try put(Self.readMe.map { $0 + "\n" }.joined(), as: "README.txt")
        try put([Versions(context.surroundings)], as: "versions.jsonl")
        try put(checks, as: "doctor.jsonl")
        guard let companion else { return }
        let store = companion.store
        try put([try await store.counts()], as: "queue.jsonl")
        let entries = try await store.entries(OutboxFilter(newestFirst: true), limit: Self.most)
        try put(entries.map { OperationLine($0, hide) }, as: "operations.jsonl")
        try put(ProblemLine.all(try await store.openEntries()), as: "problems.jsonl")
        let audit = try await store.lastAuditEntries(Self.most)
        try put(audit.map { AuditLine($0, hide) }, as: "audit.jsonl")
    }

    private func put(_ lines: [some Encodable], as name: String) throws {
        try put(lines.map { try CanonicalJSON.text($0) + "\n" }.joined(), as: name)
    }

    private func put(_ text: String, as name: String) throws {
        try writing { () throws(SystemError) in
            try Files.writeAtomically(Array(text.utf8), to: "\(directory)/\(name)")
        }
    }

    private func writing<Value>(_ body: () throws(SystemError) -> Value) throws -> Value {
        do throws(SystemError) { return try body() } catch {
            throw CommandFailure(.cannotWrite, error.explanation)
        }
    }

    /// The same name always gives the same word within this bundle.
    private func hide(_ name: String) -> String {
        Hexadecimal.encode(Digest.sha256(salt + Array(name.utf8)).prefix(6))
    }

    private static let readMe = [
        "What `muster doctor --bundle` wrote, for support. Look at it before you send it.",
        "",
        "versions.jsonl    the program and the system that it runs on",
        "doctor.jsonl      what muster doctor says; it names operators, directories and the registrar",
        "queue.jsonl       how many operations there are in each state",
        "problems.jsonl    what open operations were refused for, by code",
        "operations.jsonl  the newest operations: kind, state, times, codes of problems",
        "audit.jsonl       the newest entries of the audit chain: what happened when",
        "",
        "Devices, people, tenants and sites are hidden under words made up for this bundle; the same word is the",
        "same one. Labels, notes, reasons, positions, keys, tokens, claim codes and passphrases are not in it.",
    ]
}

/// What runs here.
private struct Versions: Encodable {
    var muster = Version.text
    var system: String?
    var madeAt: Timestamp

    init(_ surroundings: Surroundings) {
        madeAt = surroundings.now()
        let release = (try? Files.read("/etc/os-release", limit: 64 << 10)) ?? []
        system = String(decoding: release, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("PRETTY_NAME=") }
            .map { $0.dropFirst("PRETTY_NAME=".count).filter { $0 != "\"" } }
    }
}

/// An operation without what it says.
private struct OperationLine: Encodable {
    var operationID: OperationID
    var kind: OperationBody.Kind
    var state: String
    var device: String
    var laneSequence: Int
    var tenant: String
    var site: String?
    var operatorName: String
    var acceptedAt: Timestamp
    var changedAt: Timestamp
    var attempts: Int
    var retryAt: Timestamp?
    var problem: String?
    var outcome: Receipt.Outcome?
    var payloadBytes: Int
    var waitingFor: OperationID?

    init(_ entry: OutboxEntry, _ hide: (String) -> String) {
        operationID = entry.operationID
        kind = entry.kind
        state = entry.state.rawValue
        device = hide(entry.lane.rawValue)
        laneSequence = entry.laneSequence
        tenant = hide(entry.tenant.rawValue)
        site = entry.site.map { hide($0.rawValue) }
        operatorName = hide(entry.operatorID.rawValue)
        acceptedAt = entry.acceptedAt
        changedAt = entry.changedAt
        attempts = entry.attempts
        retryAt = entry.retryAt
        problem = entry.problem?.knownCode?.rawValue ?? entry.problem.map { _ in "unknown" }
        outcome = entry.receipt?.outcome
        payloadBytes = entry.payloadBytes
        waitingFor = entry.waitingFor
    }
}

/// What open operations wait or were refused for.
private struct ProblemLine: Encodable {
    var code: String
    var operations: Int
    var oldest: Timestamp
    var retryable: Bool

    static func all(_ entries: [OutboxEntry]) -> [ProblemLine] {
        var found: [String: ProblemLine] = [:]
        for entry in entries {
            guard let problem = entry.problem else { continue }
            let code = problem.knownCode?.rawValue ?? "unknown"
            var line =
                found[code]
                ?? ProblemLine(
                    code: code, operations: 0, oldest: entry.acceptedAt, retryable: problem.retryable)
            line.operations += 1
            line.oldest = min(line.oldest, entry.acceptedAt)
            found[code] = line
        }
        return found.values.sorted { $0.code < $1.code }
    }
}

/// An audit entry without the words of people.
private struct AuditLine: Encodable {
    var sequence: Int
    var at: Timestamp
    var action: String
    var subject: String
    var operatorName: String?
    var hash: PayloadHash

    init(_ entry: AuditEntry, _ hide: (String) -> String) {
        sequence = entry.sequence
        at = entry.at
        action = entry.action
        // The id of an operation says nothing and finds it in operations.jsonl.
        subject = OperationID(rawValue: entry.subject) == nil ? hide(entry.subject) : entry.subject
        operatorName = entry.actor.map { hide($0.rawValue) }
        hash = entry.hash
    }
}
