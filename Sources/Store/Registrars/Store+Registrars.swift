package import Model
import SQLite

extension Store {
    /// Keeps a registrar, or what is new of one that is known.
    package func saveRegistrar(_ profile: RegistrarProfile, at now: Timestamp) throws(StoreError) {
        let content = try SQLiteValue.stored(profile)
        try transact(at: now) { transaction throws(StoreError) in
            try StoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    INSERT INTO registrar(registrar, profile) VALUES (?1, ?2)
                    ON CONFLICT(registrar) DO UPDATE SET profile = ?2
                    """, .text(profile.registrar.rawValue), content)
            }
            try transaction.note(
                .registrarSaved, by: nil, to: profile.registrar.rawValue,
                profile.url.map { ["url": $0] } ?? [:])
        }
    }

    package func registrars() throws(StoreError) -> [RegistrarProfile] {
        try rows("SELECT profile FROM registrar ORDER BY registrar", []) { row throws(SQLiteError) in
            try row.json("profile", RegistrarProfile.self)
        }
    }

    package func registrar(_ id: RegistrarID) throws(StoreError) -> RegistrarProfile? {
        try rows("SELECT profile FROM registrar WHERE registrar = ?", [.text(id.rawValue)]) {
            row throws(SQLiteError) in try row.json("profile", RegistrarProfile.self)
        }.first
    }

    /// Keeps a session of a registrar that is known, and makes it the active one. Operations that were
    /// captured before anybody paired go to its registrar from now on.
    ///
    /// `sealed`: its token, where it goes into the operator's vault.
    package func saveSession(
        _ session: Session, sealed: SealedSecret? = nil, at now: Timestamp
    ) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            if let sealed { try transaction.save(sealed) }
            try StoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    INSERT INTO session(registrar, operator_id, token, valid_until, chosen)
                    VALUES (?1, ?2, ?3, ?4, coalesce((SELECT max(chosen) FROM session), 0) + 1)
                    ON CONFLICT(registrar, operator_id)
                        DO UPDATE SET token = ?3, valid_until = ?4, chosen = excluded.chosen
                    """,
                    .text(session.registrar.rawValue), .text(session.operatorID.rawValue),
                    .text(session.token?.unredacted ?? ""), .optional(session.until))
            }
            try transaction.adoptUnpaired(session.registrar)
            try transaction.note(
                .sessionSaved, by: session.operatorID, to: session.registrar.rawValue)
        }
    }

    /// Makes a kept session the active one. Returns whether there is such a session.
    package func chooseSession(
        _ registrar: RegistrarID, _ operatorID: OperatorID, at now: Timestamp
    ) throws(StoreError) -> Bool {
        try transact(at: now) { transaction throws(StoreError) in
            let found = try StoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    """
                    UPDATE session SET chosen = (SELECT max(chosen) FROM session) + 1
                    WHERE registrar = ? AND operator_id = ?
                    """, .text(registrar.rawValue), .text(operatorID.rawValue))
                return transaction.connection.changedRows == 1
            }
            if found { try transaction.note(.sessionChosen, by: operatorID, to: registrar.rawValue) }
            return found
        }
    }

    /// Forgets a token. Saved operations stay.
    package func removeSession(
        _ registrar: RegistrarID, _ operatorID: OperatorID, at now: Timestamp
    ) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try StoreError.wrapping { () throws(SQLiteError) in
                try transaction.connection.run(
                    "DELETE FROM session WHERE registrar = ? AND operator_id = ?", .text(registrar.rawValue),
                    .text(operatorID.rawValue))
            }
            try transaction.note(.sessionRemoved, by: operatorID, to: registrar.rawValue)
        }
    }

    /// Ends a session: its token goes, out of the vault too. Who works stays the same, and what is saved waits for the next
    /// sign-in.
    package func endSession(_ owner: VaultOwner, at now: Timestamp) throws(StoreError) {
        try transact(at: now) { transaction throws(StoreError) in
            try transaction.run(
                "UPDATE session SET token = '', valid_until = ?3 WHERE registrar = ?1 AND operator_id = ?2",
                owner.columns + [.integer(now.milliseconds)])
            try transaction.run(
                "DELETE FROM vault_secret WHERE registrar = ? AND operator_id = ? AND name = 'token'",
                owner.columns)
            try transaction.note(.sessionEnded, by: owner.operatorID, to: owner.registrar.rawValue)
        }
        eraseLog()
    }

    /// Every session, the one chosen last first.
    package func sessions() throws(StoreError) -> [Session] {
        try rows("SELECT registrar, operator_id, token, valid_until FROM session ORDER BY chosen DESC", []) {
            row throws(SQLiteError) in
            let token = try row.text("token")
            return Session(
                registrar: try row.value("registrar", RegistrarID.init(rawValue:)),
                operatorID: try row.value("operator_id", OperatorID.init(rawValue:)),
                token: token.isEmpty ? nil : Redacted(token),
                until: try row.optionalTimestamp("valid_until"))
        }
    }

    /// The session chosen last; new operations go to its registrar. `nil` when nobody has paired.
    package func activeSession() throws(StoreError) -> Session? { try sessions().first }
}
