package import Credentials
package import Model
import RegistrarCore
import RegistrarStore
import Wire

extension Registrar {
    /// Begins a session of an operator on a tablet.
    ///
    /// A wrong password, an operator without one and a name that nobody has answer alike, after the same work.
    ///
    /// `origin`: with the certificate of the tablet, which the token is good with from now on.
    func signIn(_ body: [UInt8], from origin: SignInOrigin) async throws(RequestFailure) -> SignedIn {
        let request: SignIn = try Self.read(body)
        let (person, now) = (request.operatorID, environment.now())
        // The reader of JSON gives text in ordinary memory; there is no other way through it.
        let password: SecretBytes
        do { password = try SecretBytes(copying: Array(request.password.utf8)) } catch {
            throw RequestFailure(Problem(.unavailable, detail: error.explanation.what))
        }
        guard password.count <= SignInRules.passwordBytes.upperBound else {
            throw RequestFailure(Problem(.requestTooLarge))
        }
        let key = try accepted(request.key, of: person, at: now)
        guard waiting.enter() else { throw RequestFailure(Problem(.rateLimited, retryAfterSeconds: 5)) }
        defer { waiting.leave() }
        let verdict = try await ask { store in
            try await store.countSignIn(of: person, from: origin, at: now)
        }
        if case .wait(let seconds) = verdict {
            throw RequestFailure(
                Problem(
                    .rateLimited, detail: "Too many wrong passwords were given here.",
                    nextStep:
                        "Wait, or sign in on a tablet that you have signed in on before. Saved work stays.",
                    retryAfterSeconds: seconds))
        }
        let stored = try await ask { store in try await store.passwordVerifier(of: person) }
        let verifier = try stored.map { bytes throws(RequestFailure) -> SealedFile in try Self.read(bytes) }
        guard await passwords.isRight(password, verifier, of: person) else {
            try await ask { store in
                try await store.noteWrongPassword(of: person, from: origin, at: now)
            }
            throw RequestFailure(
                Problem(
                    .signedOut, detail: "The name or the password is not right.",
                    nextStep: "Check both and sign in again. Saved work stays."))
        }
        return try await begin(person, key, from: origin, at: now)
    }

    private func begin(
        _ person: OperatorID, _ key: OperatorKey, from origin: SignInOrigin, at now: Timestamp
    ) async throws(RequestFailure) -> SignedIn {
        let found = try await ask { store in try await store.person(person) }
        if let end = found?.validUntil, now >= end {
            throw RequestFailure(
                Problem(.signedOut, detail: "The permission of this operator has ended."))
        }
        let until = now.advanced(bySeconds: sessionSeconds)
        let (token, hash) = newToken()
        try await ask { store in
            try await store.signIn(
                person, tokenHash: hash, until: until, from: origin, key: key, at: now)
        }
        do throws(RegistrarError) {
            let pairing = try await pairing(for: person, url: "", token: token)
            return SignedIn(pairing: pairing, until: until)
        } catch { throw RequestFailure(Problem(.unavailable, detail: error.explanation.what)) }
    }

    func signOut(_ token: Redacted<String>?, by caller: Operator, at now: Timestamp)
        async throws(RequestFailure)
    {
        guard let token else { return }
        let hash = PayloadHash(digest: Digest.sha256(Array(token.unredacted.utf8)))
        try await ask { store in
            try await store.signOut(tokenHash: hash, of: caller.operatorID, at: now)
        }
    }

    /// Gives an operator a password.
    ///
    /// - Throws: `passwordShort`, `unknownOperator`.
    package func setPassword(
        _ password: SecretBytes, of person: OperatorID
    ) async throws(RegistrarError) {
        guard SignInRules.passwordBytes.contains(password.count) else { throw .passwordLength }
        let now = environment.now()
        do throws(RegistrarStoreError) {
            guard try await store.person(person) != nil else { throw .refused(Problem(.notFound)) }
        } catch {
            if error == .refused(Problem(.notFound)) { throw .unknownOperator(person) }
            throw .store(error)
        }
        let verifier: [UInt8]
        do {
            verifier = try CanonicalJSON.encode(try await passwords.verifier(password, of: person))
        } catch let error as CredentialsError { throw .credentials(error) } catch {
            throw .store(.refused(Problem(.unavailable)))
        }
        do {
            try await store.setPassword(
                verifier, of: person, by: Self.localAdministrator.operatorID, at: now)
        } catch { throw .store(error) }
    }
}

extension SignInOrigin {
    /// Where a request comes from.
    init(_ request: APIRequest) {
        self.init(tablet: request.certificateHash, address: request.peerAddress)
    }
}
