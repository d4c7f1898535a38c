import CommandTable

/// `muster vault …`: the secrets of an operator on this tablet.
enum VaultCommands {
    static let vault = Command(
        "vault", "Keep the sign-in and made keys under a passphrase",
        discussion: [
            "A vault holds what a thief could use: the sign-in to the registrar, the key that signs the operator's work, "
                + "and device keys that Muster made and has not handed over yet. Its key is made of the passphrase (scrypt, 128 MiB). Three wrong tries are "
                + "free, then each waits longer, and the tenth closes the vault for good.",
            "A command that needs the vault asks for the passphrase, or takes it from --passphrase-file, from the file "
                + "that $MUSTER_VAULT_PASSPHRASE_FILE names, or from the systemd credential "
                + "\(PassphraseFile.vault.credential). Saving work needs it too, since every operation is signed.",
        ],
        options: [Common.passphrase],
        subcommands: [
            Command(
                "status", "Show whether there is a vault and how many tries are left",
                examples: [.init("muster vault status", "See how it stands")],
                exitCodes: [.done, .failed, .usage]),
            Command(
                "create", "Put the sign-in into a new vault",
                discussion: ["The passphrase has 16 bytes or more: five words that nobody can guess."],
                examples: [
                    .init("muster vault create", "Type the passphrase"),
                    .init("muster vault create --passphrase-file pass", "Take it from a file of mode 0600"),
                ], exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite]),
            Command(
                "passphrase", "Give the vault another passphrase",
                options: [
                    .init(
                        "new-passphrase-file", .value("FILE"), "Read the new passphrase from FILE, mode 0600",
                        isFile: true)
                ], examples: [.init("muster vault passphrase", "Type the old one and the new one")],
                exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite, .notPermitted]),
            Command(
                "pin", "Open the vault with a short PIN too, which the machine's TPM guards",
                discussion: [
                    "The TPM counts wrong PINs itself and locks after a few; no copy of the store sets that back. The "
                        + "passphrase stays, for when the PIN is forgotten or the TPM locked. A PIN has 6 to 15 characters."
                ],
                options: [
                    .init("pin-file", .value("FILE"), "Read the PIN from FILE, mode 0600", isFile: true),
                    .flag("forget", "Take the PIN away"), TPMChoice.option,
                ], examples: [.init("muster vault pin", "Type the passphrase, then a PIN")],
                exitCodes: [.done, .failed, .usage, .badInput, .unavailable, .cannotWrite, .notPermitted]),
            Command(
                "destroy", "Take the vault away with everything in it",
                options: [.flag("yes", "Do it")],
                examples: [.init("muster vault destroy --yes", "After a forgotten passphrase")],
                exitCodes: [.done, .failed, .usage, .cannotWrite]),
        ])
}
