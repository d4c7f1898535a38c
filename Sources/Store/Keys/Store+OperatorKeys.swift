package import Model
import SQLite

extension Store {
    /// The key that an operator signs with now; `nil` when none was made.
    package func operatorKey(_ owner: VaultOwner) throws(StoreError) -> StoredOperatorKey? {
        try keys("registrar = ? AND operator_id = ? AND retired = 0", owner.columns).first
    }

    /// Keys of an operator that the registrar does not have yet, retired ones too: what they signed may wait to be sent.
    package func unregisteredKeys(_ owner: VaultOwner) throws(StoreError) -> [StoredOperatorKey] {
        try keys("registrar = ? AND operator_id = ? AND registered_at IS NULL", owner.columns)
    }

    /// Keeps a new key, unless the operator has one already. Returns the one that is kept: of processes that make one
    /// together, one wins.
    ///
    /// `sealed`: the private half, where it goes into the operator's vault.
    package func keepKey(
        _ key: StoredOperatorKey, sealed: SealedSecret? = nil, at now: Timestamp
    ) throws(StoreError) -> StoredOperatorKey {
        try transact(at: now) { transaction throws(StoreError) in
            let isNew = try StoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    INSERT INTO operator_key(key_id, registrar, operator_id, public_key, proof, private_key, made_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    [.text(key.keyID.rawValue)] + key.owner.columns + [
                        .blob(key.publicKey), .blob(key.proof), .text(key.privateKey?.unredacted ?? ""),
                        .integer(key.madeAt.milliseconds),
                    ])
                return transaction.connection.changedRows == 1
            }
            guard isNew else { return }
            if let sealed { try transaction.save(sealed) }
            try transaction.note(
                .operatorKeyMade, by: key.owner.operatorID, to: key.keyID.rawValue,
                ["registrar": key.owner.registrar.rawValue])
        }
        return try operatorKey(key.owner) ?? key
    }

    /// The registrar has the key; `at` is `nil` when it turned out that it has not.
    package func noteRegistration(
        of key: OperatorKeyID, registeredAt: Timestamp?, at now: Timestamp
    ) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                "UPDATE operator_key SET registered_at = ? WHERE key_id = ?",
                [registeredAt.map { .integer($0.milliseconds) } ?? .null, .text(key.rawValue)])
            guard registeredAt != nil else { return }
            try transaction.note(.operatorKeyRegistered, by: nil, to: key.rawValue)
        }
    }

    /// Open operations that a session of somebody else may send: signed with a key that the registrar has, or that was
    /// made on another tablet, which registers it itself.
    package func sendableByOthers() throws(StoreError) -> Set<OperationID> {
        let found = try rows(
            """
            SELECT operation_id FROM operation WHERE \(StoreSchema.openStates) AND signature IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM operator_key
                    WHERE operator_key.key_id = operation.key_id AND registered_at IS NULL)
            """, []
        ) { row throws(SQLiteError) in try row.value("operation_id", OperationID.init(rawValue:)) }
        return Set(found)
    }

    /// The public half of a key that the registrar does not have, for another store; `nil` for any other.
    func offer(of key: OperatorKeyID) throws(StoreError) -> OperatorKeyOffer? {
        try keys("key_id = ? AND registered_at IS NULL", [.text(key.rawValue)]).first?.offer
    }

    private func keys(_ condition: String, _ values: [SQLiteValue]) throws(StoreError) -> [StoredOperatorKey]
    {
        try rows("SELECT * FROM operator_key WHERE \(condition) ORDER BY made_at", values) {
            row throws(SQLiteError) in
            let privateKey = try row.text("private_key")
            return StoredOperatorKey(
                keyID: try row.value("key_id", OperatorKeyID.init(rawValue:)),
                owner: VaultOwner(
                    try row.value("registrar", RegistrarID.init(rawValue:)),
                    try row.value("operator_id", OperatorID.init(rawValue:))),
                publicKey: try row.blob("public_key"), proof: try row.blob("proof"),
                privateKey: privateKey.isEmpty ? nil : Redacted(privateKey),
                madeAt: try row.timestamp("made_at"),
                registeredAt: try row.optionalTimestamp("registered_at"))
        }
    }
}

extension OutboxTransaction {
    /// Keeps the public half of the key that signed an imported operation: it signs nothing here, and is offered to the
    /// registrar when the operator is signed in. The registrar checks its proof.
    func keepOffer(
        of item: ExportedOperation, by operatorID: OperatorID, at now: Timestamp
    ) throws(StoreError) {
        guard let key = item.signature?.keyID, let offer = item.signingKey, let registrar = item.registrar,
            let publicKey = Base64.decodeURL(offer.publicKey), let proof = Base64.decodeURL(offer.proof)
        else { return }
        try run(
            """
            INSERT INTO operator_key(key_id, registrar, operator_id, public_key, proof, private_key, made_at, retired)
            VALUES (?, ?, ?, ?, ?, '', ?, 1) ON CONFLICT DO NOTHING
            """,
            [.text(key.rawValue)] + VaultOwner(registrar, operatorID).columns + [
                .blob(publicKey), .blob(proof), .integer(now.milliseconds),
            ])
    }

    /// The operator's keys sign nothing more: their private halves go.
    func retireKeys(of owner: VaultOwner) throws(StoreError) {
        try run(
            "UPDATE operator_key SET retired = 1, private_key = '' WHERE registrar = ? AND operator_id = ?",
            owner.columns)
    }
}
