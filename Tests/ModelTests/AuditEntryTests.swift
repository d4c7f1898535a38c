import Model
import Testing

/// A stand-in for SHA-256 that is good enough to show a change; real digests are tested with the library.
@Sendable private func digest(_ bytes: [UInt8]) -> [UInt8] {
    var state = [UInt8](repeating: 7, count: 32)
    for (index, byte) in bytes.enumerated() {
        state[index % 32] = state[index % 32] &* 31 &+ byte &+ state[(index + 13) % 32]
    }
    return state
}

@Suite struct AuditEntryTests {
    private func chain() throws -> [AuditEntry] {
        var entries: [AuditEntry] = []
        for sequence in 1...5 {
            entries.append(
                try AuditEntry(
                    sequence: sequence, at: Timestamp(milliseconds: Int64(sequence)), action: "tested",
                    actor: nil,
                    subject: "thing \(sequence)", previousHash: entries.last?.hash ?? .zero, digest: digest))
        }
        return entries
    }

    @Test func `an untouched chain has no broken link`() throws {
        #expect(try chain().firstBrokenLink(digest: digest) == nil)
    }

    @Test func `a changed entry, a missing one and two swapped ones are found`() throws {
        var changed = try chain()
        changed[2].subject = "another thing"
        #expect(try changed.firstBrokenLink(digest: digest) == 3)
        var shortened = try chain()
        shortened.remove(at: 1)
        #expect(try shortened.firstBrokenLink(digest: digest) == 3)
        var swapped = try chain()
        swapped.swapAt(3, 4)
        #expect(try swapped.firstBrokenLink(digest: digest) == 5)
    }

    @Test func `an entry keeps its hash through JSON`() throws {
        let entry = try #require(try chain().last)
        let read = try CanonicalJSON.decode(AuditEntry.self, from: try CanonicalJSON.encode(entry))
        #expect(read == entry)
    }
}
