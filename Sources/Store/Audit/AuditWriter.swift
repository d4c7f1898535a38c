import AuditLog
import Model
import SQLite
import SyncCore

/// What an audit entry of the store tells of.
enum AuditAction {
    case storeMade
    case operation(OperationEvent)
    case operationImported
    case senderTook
    case registrarSaved
    case sessionSaved
    case sessionChosen
    case sessionRemoved
    case sessionEnded
    case vaultMade
    case vaultRewrapped
    case vaultClosed
    case vaultDestroyed
    case secretWiped
    case operatorKeyMade
    case operatorKeyRegistered

    var name: String {
        switch self {
        case .storeMade: "store_made"
        case .operation(let event): "operation_\(event.rawValue)"
        case .operationImported: "operation_imported"
        case .senderTook: "sender_took_over"
        case .registrarSaved: "registrar_saved"
        case .sessionSaved: "session_saved"
        case .sessionChosen: "session_chosen"
        case .sessionRemoved: "session_removed"
        case .sessionEnded: "session_ended"
        case .vaultMade: "vault_made"
        case .vaultRewrapped: "vault_rewrapped"
        case .vaultClosed: "vault_closed"
        case .vaultDestroyed: "vault_destroyed"
        case .secretWiped: "secret_wiped"
        case .operatorKeyMade: "operator_key_made"
        case .operatorKeyRegistered: "operator_key_registered"
        }
    }
}

/// Adds links to the audit chain within one transaction.
///
/// It reads the head once, appends, and `finish` writes the new head, which shows a chain whose end was
/// cut off.
struct AuditWriter {
    private let connection: SQLiteConnection
    private var chain: AuditChain

    init(_ connection: SQLiteConnection, digest: @escaping DigestFunction) throws(StoreError) {
        self.connection = connection
        chain = try StoreError.wrapping { () throws(SQLiteError) in
            try Self.chain(of: connection, digest: digest)
        }
    }

    /// The chain as the book-keeping row says it ends.
    static func chain(
        of connection: SQLiteConnection, digest: @escaping DigestFunction
    ) throws(SQLiteError) -> AuditChain {
        guard let row = try connection.run("SELECT audit_sequence, audit_head FROM meta").first else {
            throw .malformedRow(column: "meta")
        }
        return AuditChain(
            connection, sequence: try row.integer("audit_sequence"),
            head: try row.value("audit_head", PayloadHash.init(rawValue:)), digest: digest)
    }

    mutating func append(
        _ action: AuditAction, by actor: OperatorID?, to subject: String, at now: Timestamp,
        _ detail: [String: String] = [:]
    ) throws(StoreError) {
        do throws(SQLiteError) {
            try chain.append(action.name, by: actor, to: subject, at: now, detail)
        } catch { throw .database(error) }
    }

    /// Writes the new head, counts `accepted` further operations, and checks the law of conservation.
    func finish(accepted: Int = 0) throws(StoreError) {
        let row = try StoreError.wrapping { () throws(SQLiteError) in
            try connection.run(
                """
                UPDATE meta SET audit_sequence = ?, audit_head = ?, accepted = accepted + ?
                RETURNING \(Conservation.columns)
                """, .integer(chain.sequence), .text(chain.head.rawValue), .integer(accepted)
            ).first
        }
        try Conservation(row).check()
    }
}
