import CommandTable
import Credentials
import Model
import Processes
import Store

extension Companion {
    /// Opens the vault of a session, where it has one that is closed: with the passphrase of a file, or that a person types.
    ///
    /// - Throws: `VaultError.locked` when nobody can be asked.
    func openVault(_ session: Session) async throws { try await openVault(VaultOwner(session)) }

    func openVault(_ owner: VaultOwner) async throws {
        guard !vaults.isOpen(owner), try await store.vault(owner) != nil else { return }
        if let passphrase = try passphraseFile() { return try await openVault(owner, passphrase) }
        // A person may mistype.
        for remaining in (0..<3).reversed() {
            guard let passphrase = ask("Passphrase of \(owner.operatorID)'s vault:") else { break }
            do { return try await openVault(owner, passphrase) } catch let error as VaultError {
                guard remaining > 0, case .wrongPassphrase = error else { throw error }
                console.report(error.explanation)
            }
        }
        throw VaultError.locked(owner.operatorID)
    }

    /// Opens a vault, and puts a signing key into one from before there were keys.
    func openVault(_ owner: VaultOwner, _ passphrase: SecretBytes) async throws {
        try await vaults.open(owner, passphrase)
        try await OperatorKeys(self, owner).prepare()
    }

    /// In whose vault lies what the keys of this store's own registrar are sealed with; `nil` for nobody's.
    func ownerOfRegistrarKeys() async throws -> VaultOwner? {
        try await store.ownersOfSecret(VaultDesk.SecretName.registrarPassphrase).first
    }

    /// The passphrase in the file that the command line or the surroundings name.
    func passphraseFile() throws -> SecretBytes? {
        try PassphraseFile.vault.read(named: context.invocation.value("passphrase-file"), surroundings)
    }

    /// What a person types; `nil` when there is nobody to ask.
    func ask(_ question: String) -> SecretBytes? {
        guard context.mayAsk, surroundings.isTerminal, !context.invocation.has("headless") else { return nil }
        return SecretLine.asked(question)
    }

    /// A passphrase for the future: from a file, or typed twice.
    func newPassphrase(file option: String) throws -> SecretBytes {
        if let path = context.invocation.value(option) { return try PassphraseFile.contents(path) }
        if option == "passphrase-file", let given = try passphraseFile() { return given }
        return try typedTwice("New passphrase:", option)
    }

    /// A PIN for the future: from a file, or typed twice.
    func newPIN() throws -> SecretBytes {
        if let path = context.invocation.value("pin-file") { return try PassphraseFile.contents(path) }
        return try typedTwice("New PIN:", "pin-file")
    }

    private func typedTwice(_ question: String, _ option: String) throws -> SecretBytes {
        guard let first = ask(question), let second = ask("The same again:") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was changed: nothing was given to protect the vault with.",
                "Type it at a terminal, or name a file of mode 0600 with --\(option).")
        }
        guard first.matches(second) else { throw VaultError.passphrasesDiffer }
        return first
    }
}

extension SecretLine {
    /// What a person types, read into protected memory; `nil` as `ask` gives it, and when there is no such memory left.
    static func asked(_ question: String) -> SecretBytes? {
        (try? SecretBytes.filled(upTo: limitBytes) { ask(question, into: $0) }) ?? nil
    }
}
