/// One link of an audit chain: who did what to what, bound to the entry before it.
///
/// `hash` is the SHA-256 of the canonical JSON of all other members, so an entry cannot be changed, moved or left
/// out without every later hash showing it. Heads go into receipts, so a chain cannot be cut short unseen either.
package struct AuditEntry: Codable, Equatable, Sendable {
    package var sequence: Int
    package var at: Timestamp
    /// In snake_case: `operation_accepted`, `operation_applied`, `token_issued` …
    package var action: String
    package var actor: OperatorID?
    /// What it was done to: an operation, a device, a tenant.
    package var subject: String
    /// Free of secrets.
    package var detail: [String: String]
    package var previousHash: PayloadHash
    package private(set) var hash: PayloadHash

    /// The members that the hash covers.
    private struct Content: Encodable {
        var sequence: Int
        var at: Timestamp
        var action: String
        var actor: OperatorID?
        var subject: String
        var detail: [String: String]
        var previousHash: PayloadHash
    }

    package init(
        sequence: Int, at: Timestamp, action: String, actor: OperatorID?, subject: String,
        detail: [String: String] = [:], previousHash: PayloadHash, digest: DigestFunction
    ) throws {
        self.sequence = sequence
        self.at = at
        self.action = action
        self.actor = actor
        self.subject = subject
        self.detail = detail
        self.previousHash = previousHash
        hash = .zero
        hash = try computedHash(digest)
    }

    /// The hash that the content should have.
    package func computedHash(_ digest: DigestFunction) throws -> PayloadHash {
        let content = Content(
            sequence: sequence, at: at, action: action, actor: actor, subject: subject, detail: detail,
            previousHash: previousHash)
        return PayloadHash(digest: digest(try CanonicalJSON.encode(content)))
    }
}

extension Sequence<AuditEntry> {
    /// The sequence number of the first entry that does not follow from the one before it; `nil` when all do.
    package func firstBrokenLink(after head: PayloadHash = .zero, digest: DigestFunction) throws -> Int? {
        var previous = head
        for entry in self {
            guard entry.previousHash == previous, try entry.computedHash(digest) == entry.hash else {
                return entry.sequence
            }
            previous = entry.hash
        }
        return nil
    }
}
