import Credentials
import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// Takes a key that the caller signs with, once it is proven that the caller has it.
    func registerKey(
        _ body: [UInt8], by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> OperatorKey {
        let offer: OperatorKeyOffer = try Self.read(body)
        let key = try accepted(offer, of: caller.operatorID, at: now)
        return try await ask { store in try await store.add(key, by: caller.operatorID, at: now) }
    }

    /// The key of an offer whose proof holds.
    func accepted(
        _ offer: OperatorKeyOffer, of person: OperatorID, at now: Timestamp
    ) throws(RequestFailure) -> OperatorKey {
        let proven = OperatorKeyOffer.provenBytes(person, at: registrar)
        guard let raw = Base64.decodeURL(offer.publicKey), let proof = Base64.decodeURL(offer.proof),
            let key = try? VerifyingKey(raw: raw), key.isValid(signature: proof, for: proven)
        else {
            throw RequestFailure(
                Problem(
                    .requestMalformed,
                    detail: "The key must be Ed25519 and its proof made by it for this operator here."))
        }
        return OperatorKey(
            keyID: OperatorKeyID(publicKey: raw, digest: Digest.sha256), operatorID: person,
            publicKey: Base64.encodeURL(raw), from: now)
    }

    /// Everybody sees their own keys; administrators see all.
    func keys(
        of id: OperatorID, seenBy caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> Items<OperatorKey> {
        if id != caller.operatorID { try Self.check(.administer, caller, now) }
        return Items(items: try await ask { store in try await store.operatorKeys(of: id) })
    }

    /// Everybody may end their own keys; administrators any. To others a key that is not theirs does not exist.
    func revokeKey(
        _ id: OperatorKeyID, by caller: Operator, at now: Timestamp
    ) async throws(RequestFailure) -> OperatorKey {
        let known = try await ask { store in try await store.operatorKey(id) }
        guard let known, known.operatorID == caller.operatorID || caller.role == .admin,
            let revoked = try await ask({ store in
                try await store.revokeKey(id, by: caller.operatorID, at: now)
            })
        else { throw RequestFailure(Problem(.notFound, detail: "There is no key \(id) that you may end.")) }
        return revoked
    }

    /// Whether the key made the signature over the frozen bytes.
    @Sendable static func isSigned(_ signature: OperationSignature, by key: OperatorKey, _ payload: [UInt8])
        -> Bool
    {
        guard let raw = Base64.decodeURL(key.publicKey), let value = Base64.decodeURL(signature.value),
            let key = try? VerifyingKey(raw: raw)
        else { return false }
        return key.isValid(signature: value, for: OperationSignature.signedBytes(payload))
    }
}
