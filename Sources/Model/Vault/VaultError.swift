/// Why the secrets of an operator on this tablet stay closed.
package enum VaultError: Explained, Equatable, Sendable {
    /// Nobody gave the passphrase.
    case locked(OperatorID)
    case wrongPassphrase(triesLeft: Int)
    case wait(seconds: Int)
    /// Too many wrong tries in a row.
    case closed(OperatorID)
    case none(OperatorID)
    case exists(OperatorID)
    case weak(leastBytes: Int)
    case passphrasesDiffer
    /// The rule is the end of "it must …".
    case weakPIN(rule: String)
    case damaged(name: String)

    package var explanation: Explanation {
        switch self {
        case .locked(let person):
            Explanation(
                id: "vault_locked", kind: .notPermitted,
                what: "The vault of \(person) is locked. What is saved stays saved; nothing was sent.",
                nextStep: "Give the passphrase: at the prompt, or with --passphrase-file.")
        case .wrongPassphrase(let left):
            Explanation(
                id: "vault_passphrase_wrong", kind: .notPermitted,
                what: "This is not the vault's passphrase; tries left: \(left).",
                nextStep: "Check the keyboard's layout and capital letters, and try again.")
        case .wait(let seconds):
            Explanation(
                id: "vault_waits", kind: .notPermitted,
                what: "After several wrong tries the vault waits; seconds left: \(seconds).",
                nextStep: "Try again then.")
        case .closed(let person):
            Explanation(
                id: "vault_closed", kind: .notPermitted,
                what:
                    "The vault of \(person) was closed for good after \(VaultRules.mostFailures) wrong tries. "
                    + "Saved work is not lost.",
                nextStep: "Run `muster vault destroy`, then pair or sign in again.")
        case .none(let person):
            Explanation(
                id: "vault_missing", what: "\(person) has no vault on this tablet.",
                nextStep: "Run `muster vault create`.")
        case .exists(let person):
            Explanation(
                id: "vault_exists", what: "\(person) has a vault on this tablet already.",
                nextStep: "Run `muster vault passphrase` to change its passphrase.")
        case .weak(let least):
            Explanation(
                id: "vault_passphrase_weak",
                what: "Nothing was changed: a passphrase must have at least \(least) characters.",
                nextStep: "Take five or more words that nobody can guess.")
        case .passphrasesDiffer:
            Explanation(
                id: "vault_passphrases_differ",
                what: "Nothing was changed: the two passphrases are not the same.",
                nextStep: "Type it again.")
        case .weakPIN(let rule):
            Explanation(
                id: "vault_pin_weak", what: "Nothing was changed: a PIN must \(rule).",
                nextStep: "Choose another one.")
        case .damaged(let name):
            Explanation(
                id: "vault_damaged", what: "The secret `\(name)` in the vault was changed and was not used.",
                nextStep: "Run `muster vault destroy`, then pair or sign in again.")
        }
    }
}
