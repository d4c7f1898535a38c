extension ConnectionProof {
    /// The proof as a note in the device's history: a line for people, then a line of JSON for programs.
    package var noteText: String {
        get throws { "\(words)\n\(try CanonicalJSON.text(Envelope(connectionProof: self)))" }
    }

    /// Reads what `noteText` writes; `nil` for any other note.
    package init?(noteText: String) {
        guard let line = noteText.split(separator: "\n").last, line.hasPrefix(#"{"connectionProof":"#),
            let envelope = try? CanonicalJSON.decode(Envelope.self, from: Array(line.utf8))
        else { return nil }
        self = envelope.connectionProof
    }

    private struct Envelope: Codable {
        var connectionProof: ConnectionProof
    }
}

extension [Principal] {
    /// The same with what a connection has proven of them: the key pair and the certificate that were used.
    package func proven(by proof: ConnectionProof?) -> [Principal] {
        guard let proof, proof.claim != .serviceGenuine, let used = proof.certificate,
            contains(where: { $0.kind == .deviceCertificate && $0.fingerprint == used })
        else { return self }
        return map { principal in
            guard principal.kind == .keyPair || principal.kind == .deviceCertificate,
                (principal.lastProof?.at ?? proof.provenAt) <= proof.provenAt
            else { return principal }
            var proven = principal
            proven.lastProof = Principal.Proof(.connection, at: proof.provenAt)
            return proven
        }
    }
}
