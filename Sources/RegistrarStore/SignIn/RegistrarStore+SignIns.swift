package import Model
package import RegistrarCore
import SQLite

extension RegistrarStore {
    /// Gives an operator a password; the old one is good for nothing any more, and neither are sign-ins made with it.
    /// `verifier`: in a form that the store does not read.
    package func setPassword(
        _ verifier: [UInt8], of person: OperatorID, by actor: OperatorID?, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                try transaction.connection.run(
                    """
                    INSERT INTO operator_password(operator_id, verifier, set_at) VALUES (?1, ?2, ?3)
                    ON CONFLICT(operator_id) DO UPDATE SET verifier = ?2, set_at = ?3
                    """, .text(person.rawValue), .blob(verifier), .timestamp(now))
                try transaction.connection.run(
                    "DELETE FROM token WHERE operator_id = ? AND valid_until IS NOT NULL",
                    .text(person.rawValue))
                try transaction.note("operator_password_set", by: actor, to: person.rawValue)
            } catch { throw .database(error) }
        }
    }

    package func passwordVerifier(of person: OperatorID) throws(RegistrarStoreError) -> [UInt8]? {
        try read { reader throws(SQLiteError) in
            try reader.list(
                "SELECT verifier FROM operator_password WHERE operator_id = ?", [.text(person.rawValue)]
            ) { row throws(SQLiteError) in try row.blob("verifier") }.first
        }
    }

    /// Counts a try before its password is looked at: of many that are sent at once no more than the rules allow are.
    package func countSignIn(
        of person: OperatorID, from origin: SignInOrigin, at now: Timestamp
    ) throws(RegistrarStoreError) -> SignInRules.Verdict {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                let oldest = now.advanced(bySeconds: -SignInRules.windowSeconds)
                try transaction.connection.run(
                    "DELETE FROM sign_in_failure WHERE at <= ?", .timestamp(oldest))
                let tries = try SignInTries(transaction.reader, of: person, from: origin)
                let verdict = SignInRules.verdict(try tries.failures(), now: now)
                guard verdict == .mayTry else { return verdict }
                try transaction.connection.run(
                    "INSERT INTO sign_in_failure(at, operator_id, tablet, address) VALUES (?, ?, ?, ?)",
                    .timestamp(now), .text(person.rawValue), .optional(tries.tablet?.rawValue),
                    .text(origin.address))
                return verdict
            } catch { throw .database(error) }
        }
    }

    /// A password was wrong: its try stays counted. The desk hears of the one that closes the door.
    package func noteWrongPassword(
        of person: OperatorID, from origin: SignInOrigin, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                let tries = try SignInTries(transaction.reader, of: person, from: origin)
                let detail = ["from": tries.tablet == nil ? "elsewhere" : "known tablet"]
                try transaction.note("sign_in_failed", by: nil, to: person.rawValue, detail)
                guard SignInRules.verdict(try tries.failures(), now: now) != .mayTry else { return }
                try transaction.note("sign_in_locked", by: nil, to: person.rawValue, detail)
            } catch { throw .database(error) }
        }
    }

    /// A token was shown by somebody who is not the tablet that it was issued to.
    package func noteForeignToken(of person: OperatorID, at now: Timestamp) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                try transaction.note("token_shown_elsewhere", by: nil, to: person.rawValue)
            } catch { throw .database(error) }
        }
    }

    /// A sign-in in one piece: the tries of this tablet or place are forgotten, the tablet is known, the key kept, the token
    /// good until its end. What strangers tried elsewhere stays counted.
    ///
    /// - Throws: `refused` when the key is somebody else's or was ended.
    package func signIn(
        _ person: OperatorID, tokenHash: PayloadHash, until: Timestamp, from origin: SignInOrigin,
        key: OperatorKey, at now: Timestamp
    ) throws(RegistrarStoreError) {
        let kept = try add(key, by: person, at: now)
        if let end = kept.until, now >= end {
            throw .refused(Problem(.signingKeyRevoked, detail: "The key of this tablet was ended."))
        }
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                try SignInTries(transaction.reader, of: person, from: origin).forget(at: now)
                try transaction.connection.run("DELETE FROM token WHERE valid_until <= ?", .timestamp(now))
                try transaction.connection.run(
                    "INSERT INTO token(hash, operator_id, issued_at, valid_until, bound_to) VALUES (?, ?, ?, ?, ?)",
                    .text(tokenHash.rawValue), .text(person.rawValue), .timestamp(now), .timestamp(until),
                    .optional(origin.tablet?.rawValue))
                try transaction.note(
                    "signed_in", by: person, to: person.rawValue,
                    ["key": key.keyID.rawValue, "until": until.description])
            } catch { throw .database(error) }
        }
    }

    /// Makes a token good for nothing.
    package func signOut(
        tokenHash: PayloadHash, of person: OperatorID, at now: Timestamp
    ) throws(RegistrarStoreError) {
        try change(at: now) { transaction throws(RegistrarStoreError) in
            do throws(SQLiteError) {
                try transaction.connection.run(
                    "DELETE FROM token WHERE hash = ? AND operator_id = ?", .text(tokenHash.rawValue),
                    .text(person.rawValue))
                try transaction.note("signed_out", by: person, to: person.rawValue)
            } catch { throw .database(error) }
        }
    }
}
