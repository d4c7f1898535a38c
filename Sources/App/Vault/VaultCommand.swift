import CommandTable
import Model
import Store

/// `muster vault …`: the operator's secrets on this tablet.
struct VaultCommand {
    let companion: Companion

    private var console: Console { companion.console }

    func run(_ word: String) async throws -> ExitCode {
        let (session, _) = try await companion.session()
        switch word {
        case "create":
            try await companion.vaults.create(
                session, try companion.newPassphrase(file: "passphrase-file"))
            console.show("\(session.operatorID) has a vault on this tablet; the sign-in lies in it.")
            if try await EmbeddedRegistrar(companion).sealKeys(for: session) {
                console.show("The keys of the registrar on this machine lie under it too.")
            }
            console.remark("Nobody can open it without the passphrase: write it down and lock it away.")
        case "passphrase":
            try await companion.openVault(session)
            try await companion.vaults.change(
                VaultOwner(session), to: try companion.newPassphrase(file: "new-passphrase-file"))
            console.show("The vault has a new passphrase.")
        case "pin":
            try await companion.openVault(session)
            let isForgotten = companion.context.invocation.has("forget")
            try await companion.vaults.setPIN(
                isForgotten ? nil : try companion.newPIN(), of: VaultOwner(session))
            console.show(
                isForgotten ? "The PIN is forgotten." : "The vault opens with the PIN too, on this machine.")
        case "destroy":
            try await destroy(session)
        default: break
        }
        return try await show(VaultOwner(session), aloud: word == "status")
    }

    /// Says how the vault stands; to scripts always, to people when they ask.
    private func show(_ owner: VaultOwner, aloud: Bool) async throws -> ExitCode {
        let vault = try await companion.store.vault(owner)
        let standing =
            vault.map {
                VaultRules.verdict(
                    failures: $0.failures, last: $0.lastFailure, now: companion.surroundings.now())
            }
        let failures = vault?.failures ?? 0
        console.print(
            Standing(
                operatorID: owner.operatorID, registrar: owner.registrar, vault: vault != nil,
                pin: try vault.map { try VaultWrapping($0.wrapping).hasPIN } ?? false,
                closed: standing == .closed, triesLeft: VaultRules.triesLeft(failures: failures)))
        guard aloud else { return .done }
        switch standing {
        case nil: console.show("\(owner.operatorID) has no vault here: the sign-in lies open in the store.")
        case .mayTry?:
            let left = VaultRules.triesLeft(failures: failures)
            console.show("The vault of \(owner.operatorID) is locked; tries left: \(left).")
        case .wait(let milliseconds)?:
            let seconds = (milliseconds + 999) / 1000
            console.show("The vault of \(owner.operatorID) waits \(seconds) s after \(failures) wrong tries.")
        case .closed?: console.show("The vault of \(owner.operatorID) is closed for good.")
        }
        return .done
    }

    private func destroy(_ session: Session) async throws {
        let owner = VaultOwner(session)
        guard try await companion.store.vault(owner) != nil else { throw VaultError.none(owner.operatorID) }
        guard companion.context.invocation.has("yes") else {
            throw CommandFailure(
                .usage, "usage",
                "Nothing was destroyed: the sign-in and every key in the vault would be gone for good.",
                "Give --yes. Saved work stays and is sent after the next sign-in.")
        }
        try await EmbeddedRegistrar(companion).releaseKeys(of: session)
        try await companion.vaults.destroy(owner)
        console.show("The vault of \(owner.operatorID) is gone with everything in it; saved work stays.")
    }

    private struct Standing: Encodable {
        var operatorID: OperatorID
        var registrar: RegistrarID
        var vault: Bool
        var pin: Bool
        var closed: Bool
        var triesLeft: Int
    }
}
