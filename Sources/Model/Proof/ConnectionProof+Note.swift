extension ConnectionProof {
    /// Reads a proof that was saved as a note, as they were before verifications were operations: a line for people, then a
    /// line of JSON for programs; `nil` for any other note.
    package init?(noteText: String) {
        guard let line = noteText.split(separator: "\n").last, line.hasPrefix(#"{"connectionProof":"#),
            let envelope = try? CanonicalJSON.decode(Envelope.self, from: Array(line.utf8))
        else { return nil }
        self = envelope.connectionProof
    }

    private struct Envelope: Decodable {
        var connectionProof: ConnectionProof
    }
}
