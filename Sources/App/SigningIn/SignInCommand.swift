import CommandTable
import Credentials
import Model
import Store
import Sync
import Wire

/// `muster sign-in` and `muster sign-out`.
struct SignInCommand {
    let companion: Companion

    private var invocation: Invocation { companion.context.invocation }
    private var console: Console { companion.console }

    /// Where a registrar is, and the only authority that is believed there.
    private struct Address {
        var url: String
        var certificateAuthority: String
    }

    func signIn() async throws -> ExitCode {
        let active = try await companion.store.activeSession()
        let address = try await address(active)
        let person = try operatorID(active)
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
            with: try password(person), randomness: companion.surroundings.randomBytes
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
        console.print(
            Standing(operatorID: person, registrar: owner.registrar, until: answer.until, keyID: key.keyID))
        console.show("\(person) is signed in to \(answer.pairing.name) until \(answer.until).")
        return .done
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

    private func operatorID(_ active: Session?) throws -> OperatorID {
        if let text = invocation.value("operator") {
            return try ArgumentText.identifier(text, OperatorID.self)
        }
        guard let active else {
            throw CommandFailure(
                .usage, "usage", "Nobody was signed in: it is not clear who.", "Add --operator OPERATOR.")
        }
        return active.operatorID
    }

    /// What the command line names, or the registrar that is worked with.
    private func address(_ active: Session?) async throws -> Address {
        if let url = invocation.value("registrar") {
            guard url.hasPrefix("https://"), !url.hasSuffix("/"), let root = invocation.value("root") else {
                throw CommandFailure(
                    .usage, "usage",
                    "Nobody was signed in: --registrar must be https://host:port, and --root must be given.",
                    "Ask the desk for the address and the PEM of the registrar's authority.")
            }
            let pem = try InputFile.bytes(root)
            _ = try Certificate(pem)
            return Address(url: url, certificateAuthority: String(decoding: pem, as: UTF8.self))
        }
        guard let active, let profile = try await companion.store.registrar(active.registrar),
            let url = profile.url, let authority = profile.certificateAuthority
        else {
            throw CommandFailure(
                .usage, "usage", "Nobody was signed in: it is not clear to which registrar.",
                "Add --registrar URL and --root FILE.")
        }
        return Address(url: url, certificateAuthority: authority)
    }

    private func password(_ person: OperatorID) throws -> SecretBytes {
        if let path = invocation.value("password-file") { return try PassphraseFile.contents(path) }
        guard let typed = companion.ask("Password of \(person):") else {
            throw CommandFailure(
                .usage, "usage", "Nobody was signed in: no password was given.",
                "Type it at a terminal, or name a file of mode 0600 with --password-file.")
        }
        return typed
    }

    /// The token goes here, whether the registrar is reached or not; there it ends by itself at the latest.
    func signOut() async throws -> ExitCode {
        guard let session = try await companion.store.activeSession(),
            let profile = try await companion.store.registrar(session.registrar), profile.url != nil
        else {
            throw CommandFailure(
                .failed, "not_signed_in", "Nobody is signed in to a team's registrar here.",
                "Sign in with `muster sign-in`.")
        }
        let owner = VaultOwner(session)
        var isToldThere = false
        if !session.hasEnded(at: companion.surroundings.now()) {
            do {
                let _: Done = try await CompanionRegistrars(companion).client().post(
                    [String: String](), to: .signOut)
                isToldThere = true
            } catch {
                console.remark(CommandFailure(error).explanation.what.description)
            }
        }
        try await companion.store.endSession(owner, at: companion.surroundings.now())
        companion.vaults.replaceToken(nil, of: owner)
        console.print(SignedOut(operatorID: owner.operatorID, toldRegistrar: isToldThere))
        console.show("\(owner.operatorID) is signed out; saved work waits for the next sign-in.")
        return .done
    }

    private struct Standing: Encodable {
        var operatorID: OperatorID
        var registrar: RegistrarID
        var until: Timestamp
        var keyID: OperatorKeyID
    }

    private struct SignedOut: Encodable {
        var operatorID: OperatorID
        var toldRegistrar: Bool
    }
}
