import Credentials
import Model
import RegistrarStore
import Synchronization
import TargetCore
import Targets

/// The lines to all targets, made when they are first needed, and what is shared by everything that is done over them.
final class TargetDesk: Sendable {
    let governors: GovernorDesk
    let journal: JournalBatch
    private let lines = Mutex<[TargetID: (StoredTarget, TargetConnection)]>([:])

    private let news = Mutex<[Explanation]>([])
    private static let mostNews = 100
    private let surroundings: TargetSurroundings

    init(
        _ store: RegistrarStore, now: @escaping @Sendable () -> Timestamp, _ surroundings: TargetSurroundings
    ) {
        self.surroundings = surroundings
        governors = GovernorDesk(store, now: now)
        journal = JournalBatch(store, now: now)
    }

    /// What there is to tell whoever watches the registrar, since this was last asked.
    func takeNews() -> [Explanation] {
        news.withLock { news in
            defer { news = [] }
            return news
        }
    }

    func tell(_ new: [Explanation]) {
        news.withLock { $0 = ($0 + new).suffix(Self.mostNews) }
    }

    /// The lines that have been used.
    var usedLines: [TargetConnection] { lines.withLock { $0.values.map(\.1) } }

    /// The line that settings give.
    func line(
        to id: TargetID, _ settings: TargetSettings, _ secrets: TargetSecrets
    ) throws -> TargetConnection {
        try TargetConnection(id, settings, secrets: secrets, surroundings)
    }

    /// The line to a target as it is set now.
    func line(to stored: StoredTarget, opening: SealedTargetSecrets) throws -> TargetConnection {
        let id = stored.summary.targetID
        if let (known, line) = lines.withLock({ $0[id] }), known == stored { return line }
        let settings = try CanonicalJSON.decode(TargetSettings.self, from: Array(stored.settings.utf8))
        let line = try line(to: id, settings, try opening.open(stored.secrets, of: id))
        lines.withLock { $0[id] = (stored, line) }
        return line
    }
}

/// Secrets of targets as they are kept: sealed to the registrar's sealing key, each to its target's name.
struct SealedTargetSecrets {
    let keys: SealingKeyPair

    private static let info = Array("muster target secrets v1".utf8)

    private struct Box: Codable {
        var encapsulatedKey: String
        var ciphertext: String
    }

    func seal(_ secrets: TargetSecrets, of target: TargetID) throws -> [UInt8]? {
        guard !secrets.isEmpty else { return nil }
        let sealed = try HPKE.seal(
            try secrets.bytes.unredacted, to: try keys.publicKey, info: Self.info,
            associatedData: Array(target.rawValue.utf8))
        return try CanonicalJSON.encode(
            Box(
                encapsulatedKey: Base64.encodeURL(sealed.encapsulatedKey),
                ciphertext: Base64.encodeURL(sealed.ciphertext)))
    }

    func open(_ bytes: [UInt8]?, of target: TargetID) throws -> TargetSecrets {
        guard let bytes else { return TargetSecrets() }
        let box = try CanonicalJSON.decode(Box.self, from: bytes)
        let plain = try HPKE.open(
            HPKE.Sealed(
                encapsulatedKey: Base64.decodeURL(box.encapsulatedKey) ?? [],
                ciphertext: Base64.decodeURL(box.ciphertext) ?? []),
            with: keys, info: Self.info, associatedData: Array(target.rawValue.utf8))
        return try TargetSecrets(bytes: Redacted(plain))
    }
}
