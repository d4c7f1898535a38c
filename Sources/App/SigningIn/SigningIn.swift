import CommandTable
import Credentials
import Model
import Store
import Sync
import Wire

/// Signs operators in and out, as the commands and the full screen both do.
struct SigningIn: Sendable {
    let companion: Companion

    /// Where a registrar is, and the only authority that is believed there.
    struct Address: Sendable {
        var url: String
        var certificateAuthority: String

        init(url: String, certificateAuthority: String) {
            self.url = url
            self.certificateAuthority = certificateAuthority
        }

        /// That of a registrar which the store knows; `nil` for one that is not reached over a network.
        init?(_ profile: RegistrarProfile) {
            guard let url = profile.url, let authority = profile.certificateAuthority else { return nil }
            self.init(url: url, certificateAuthority: authority)
        }
    }

    /// How somebody is signed in.
    struct Standing: Encodable, Sendable {
        var operatorID: OperatorID
        var registrar: RegistrarID
        var until: Timestamp
        var keyID: OperatorKeyID
        /// What the registrar calls itself.
        var name: String

        private enum CodingKeys: String, CodingKey { case operatorID, registrar, until, keyID }
    }

    /// Makes the operator the one who works here.
    ///
    /// `password` is asked for once the registrar has answered, and what is to be kept of the sign-in can be kept.
    func signIn(
        _ person: OperatorID, at address: Address, password: () throws -> SecretBytes
    ) async throws -> Standing {
        let stranger = RegistrarClient(
            transport: try HTTPTransport(
                address: address.url, certificateAuthority: address.certificateAuthority), token: nil)
        let hello: Hello = try await stranger.get(.hello)
        _ = try await TabletIdentity.prepare(companion, for: hello.registrar)
        let client = RegistrarClient(
            transport: try TabletTransport(
                store: companion.store, registrar: hello.registrar, address: address.url,
                certificateAuthority: address.certificateAuthority), token: nil)
        let owner = VaultOwner(hello.registrar, person)
        // A token of before goes with what is in the vault; the new one goes there too.
        try await companion.openVault(owner)
        guard let key = try await OperatorKeys(companion, owner).prepare() else {
            throw VaultError.locked(person)
        }
        let body = try SecretRequest.body(
            with: try password(), randomness: companion.surroundings.randomBytes
        ) { password in
            try CanonicalJSON.encode(SignIn(operatorID: person, password: password, key: key.offer))
        }
        var answer: SignedIn = try await client.post(secret: body, to: .signIn)
        try check(answer.pairing, owner, hello)
        answer.pairing.url = address.url
        answer.pairing.certificateAuthority = address.certificateAuthority
        try await CompanionRegistrars(companion).adopt(
            answer.pairing, url: address.url, until: answer.until)
        let now = companion.surroundings.now()
        try await companion.store.noteRegistration(of: key.keyID, registeredAt: now, at: now)
        return Standing(
            operatorID: person, registrar: owner.registrar, until: answer.until, keyID: key.keyID,
            name: answer.pairing.name)
    }

    /// The answer must be for whoever asked, from whoever was asked.
    private func check(_ pairing: Pairing, _ owner: VaultOwner, _ hello: Hello) throws {
        guard pairing.registrar == owner.registrar, pairing.operatorID == owner.operatorID,
            pairing.receiptKeys == hello.receiptKeys
        else {
            throw CommandFailure(
                .failed, "registrar_other", "Nobody was signed in: the answer is for somebody else.",
                "Check the address, and tell the desk.")
        }
    }

    /// Who was signed out, and why the registrar was not told, where it was not.
    struct Ended: Sendable {
        var operatorID: OperatorID
        var untold: Explanation?
        /// Whether the registrar has taken the token back.
        var toldRegistrar: Bool
    }

    /// The token goes here, whether the registrar is reached or not; there it ends by itself at the latest.
    func signOut() async throws -> Ended {
        guard let session = try await companion.store.activeSession(),
            let profile = try await companion.store.registrar(session.registrar), profile.url != nil
        else {
            throw CommandFailure(
                .failed, "not_signed_in", "Nobody is signed in to a team's registrar here.",
                "Sign in with `muster sign-in`.")
        }
        let owner = VaultOwner(session)
        var ended = Ended(operatorID: owner.operatorID, toldRegistrar: false)
        if !session.hasEnded(at: companion.surroundings.now()) {
            do {
                let _: Done = try await CompanionRegistrars(companion).client().post(
                    [String: String](), to: .signOut)
                ended.toldRegistrar = true
            } catch {
                ended.untold = CommandFailure(error).explanation
            }
        }
        try await companion.store.endSession(owner, at: companion.surroundings.now())
        companion.vaults.replaceToken(nil, of: owner)
        return ended
    }
}
