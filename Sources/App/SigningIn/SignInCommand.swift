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

    func signIn() async throws -> ExitCode {
        let active = try await companion.store.activeSession()
        let address = try await address(active)
        let person = try operatorID(active)
        let standing = try await SigningIn(companion: companion).signIn(person, at: address) {
            try password(person)
        }
        console.print(standing)
        console.show("\(person) is signed in to \(standing.name) until \(standing.until).")
        return .done
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
    private func address(_ active: Session?) async throws -> SigningIn.Address {
        if let url = invocation.value("registrar") {
            guard url.hasPrefix("https://"), !url.hasSuffix("/"), let root = invocation.value("root") else {
                throw CommandFailure(
                    .usage, "usage",
                    "Nobody was signed in: --registrar must be https://host:port, and --root must be given.",
                    "Ask the desk for the address and the PEM of the registrar's authority.")
            }
            let pem = try InputFile.bytes(root)
            _ = try Certificate(pem)
            return SigningIn.Address(url: url, certificateAuthority: String(decoding: pem, as: UTF8.self))
        }
        guard let active, let profile = try await companion.store.registrar(active.registrar),
            let address = SigningIn.Address(profile)
        else {
            throw CommandFailure(
                .usage, "usage", "Nobody was signed in: it is not clear to which registrar.",
                "Add --registrar URL and --root FILE.")
        }
        return address
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

    func signOut() async throws -> ExitCode {
        let ended = try await SigningIn(companion: companion).signOut()
        if let untold = ended.untold { console.remark(untold.what) }
        console.print(SignedOut(operatorID: ended.operatorID, toldRegistrar: ended.toldRegistrar))
        console.show("\(ended.operatorID) is signed out; saved work waits for the next sign-in.")
        return .done
    }

    private struct SignedOut: Encodable {
        var operatorID: OperatorID
        var toldRegistrar: Bool
    }
}
