package import Model
import SQLite

extension Store {
    package func vault(_ owner: VaultOwner) throws(StoreError) -> StoredVault? {
        try rows(
            """
            SELECT wrapping, failures, last_failure FROM vault WHERE registrar = ? AND operator_id = ?
            """, owner.columns
        ) { row throws(SQLiteError) in
            StoredVault(
                wrapping: try row.blob("wrapping"), failures: try row.integer("failures"),
                lastFailure: try row.optionalTimestamp("last_failure"))
        }.first
    }

    /// Makes a vault with secrets in it; what they are of is taken out of the open in the same transaction.
    package func saveVault(
        _ owner: VaultOwner, wrapping: [UInt8], secrets: [SealedSecret], at now: Timestamp
    ) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                "INSERT INTO vault(registrar, operator_id, wrapping) VALUES (?, ?, ?)",
                owner.columns + [.blob(wrapping)])
            for secret in secrets { try transaction.save(secret) }
            try transaction.run(
                "UPDATE session SET token = '' WHERE registrar = ? AND operator_id = ?", owner.columns)
            try transaction.run(
                "UPDATE operator_key SET private_key = '' WHERE registrar = ? AND operator_id = ?",
                owner.columns)
            try transaction.note(.vaultMade, by: owner.operatorID, to: owner.registrar.rawValue)
        }
        eraseLog()
    }

    /// Gives a vault another wrapping of its key. What lies open beside it, as after pairing anew, stays as it is.
    package func rewrapVault(
        _ owner: VaultOwner, wrapping: [UInt8], at now: Timestamp
    ) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                """
                UPDATE vault SET wrapping = ?3, failures = 0, last_failure = NULL
                WHERE registrar = ?1 AND operator_id = ?2
                """, owner.columns + [.blob(wrapping)])
            try transaction.note(.vaultRewrapped, by: owner.operatorID, to: owner.registrar.rawValue)
        }
        eraseLog()
    }

    /// Counts a try before it is made: one that is cut short counts too. Returns how many there are now.
    package func countVaultTry(_ owner: VaultOwner, at now: Timestamp) throws(StoreError) -> Int {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                """
                UPDATE vault SET failures = failures + 1, last_failure = ?3
                WHERE registrar = ?1 AND operator_id = ?2
                """, owner.columns + [.integer(now.milliseconds)])
            let rows = try transaction.run(
                "SELECT failures FROM vault WHERE registrar = ? AND operator_id = ?", owner.columns)
            let failures = try StoreError.wrapping { () throws(SQLiteError) in
                try rows.first?.integer("failures") ?? 0
            }
            if failures == VaultRules.mostFailures {
                try transaction.note(.vaultClosed, by: owner.operatorID, to: owner.registrar.rawValue)
            }
            return failures
        }
    }

    /// The vault was opened: the tries are forgotten.
    package func forgetVaultTries(_ owner: VaultOwner, at now: Timestamp) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                """
                UPDATE vault SET failures = 0, last_failure = NULL WHERE registrar = ? AND operator_id = ?
                """, owner.columns)
        }
    }

    /// Takes a vault away with all that is in it, and the session that cannot be used without it. Saved operations stay.
    package func removeVault(_ owner: VaultOwner, at now: Timestamp) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.retireKeys(of: owner)
            for table in ["vault_secret", "vault", "session"] {
                try transaction.run(
                    "DELETE FROM \(table) WHERE registrar = ? AND operator_id = ?", owner.columns)
            }
            try transaction.note(.vaultDestroyed, by: owner.operatorID, to: owner.registrar.rawValue)
        }
        eraseLog()
    }

    package func saveSecrets(_ secrets: [SealedSecret], at now: Timestamp) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            for secret in secrets { try transaction.save(secret) }
        }
    }

    package func secret(_ name: String, of owner: VaultOwner) throws(StoreError) -> [UInt8]? {
        try rows(
            "SELECT sealed FROM vault_secret WHERE registrar = ? AND operator_id = ? AND name = ?",
            owner.columns + [.text(name)]
        ) { row throws(SQLiteError) in try row.blob("sealed") }.first
    }

    /// Whose vaults hold a secret of that name.
    package func ownersOfSecret(_ name: String) throws(StoreError) -> [VaultOwner] {
        try rows(
            "SELECT registrar, operator_id FROM vault_secret WHERE name = ? ORDER BY 1, 2", [.text(name)]
        ) { row throws(SQLiteError) in
            VaultOwner(
                try row.value("registrar", RegistrarID.init(rawValue:)),
                try row.value("operator_id", OperatorID.init(rawValue:)))
        }
    }

    /// Wipes a secret: no page of the file holds it afterwards.
    package func removeSecret(
        _ name: String, of owner: VaultOwner, at now: Timestamp
    ) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                "DELETE FROM vault_secret WHERE registrar = ? AND operator_id = ? AND name = ?",
                owner.columns + [.text(name)])
            try transaction.note(.secretWiped, by: owner.operatorID, to: name)
        }
        eraseLog()
    }
}

extension VaultOwner {
    var columns: [SQLiteValue] { [.text(registrar.rawValue), .text(operatorID.rawValue)] }
}

extension OutboxTransaction {
    @discardableResult
    func run(_ sql: String, _ values: [SQLiteValue]) throws(StoreError) -> [SQLiteRow] {
        try StoreError.wrapping { () throws(SQLiteError) in try connection.run(sql, values) }
    }

    func save(_ secret: SealedSecret) throws(StoreError) {
        try run(
            """
            INSERT INTO vault_secret(registrar, operator_id, name, sealed) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT(registrar, operator_id, name) DO UPDATE SET sealed = ?4
            """, secret.owner.columns + [.text(secret.name), .blob(secret.sealed)])
    }
}
