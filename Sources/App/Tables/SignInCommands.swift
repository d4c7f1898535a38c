import CommandTable

/// `muster sign-in`, `muster sign-out` and `muster-registrar operator password`.
enum SignInCommands {
    private static let password = Command.Option(
        "password-file", .value("FILE"), "Read the password from FILE, mode 0600", isFile: true)

    static let signIn = Command(
        "sign-in", "Begin a shift: work as an operator who has a password at the registrar",
        discussion: [
            "The registrar gives a token that ends after some hours, and hears of the key that signs this operator's work "
                + "on this tablet. When it has ended, work is saved as before and is sent after the next sign-in. "
                + "Several operators may use one tablet; the one who signed in last works.",
            "The first time --registrar and --root are needed; afterwards they are known.",
        ],
        options: [
            .init("operator", .value("OPERATOR"), "Who signs in; default whoever works here now"),
            .init("registrar", .value("URL"), "The registrar: https://host:port"),
            .init("root", .value("FILE"), "PEM of the registrar's own authority", isFile: true),
            password, Common.passphrase,
        ],
        examples: [
            .init(
                "muster sign-in --registrar https://devices.acme.example:8443 --root acme.pem --operator jk",
                "The first time on this tablet"),
            .init("muster sign-in --operator jk", "At the start of a shift"),
        ],
        exitCodes: [.done, .failed, .savedNotConfirmed, .usage, .badInput, .cannotWrite, .notPermitted])

    static let signOut = Command(
        "sign-out", "End the shift: the token is good for nothing any more, saved work stays",
        options: [Common.passphrase],
        examples: [.init("muster sign-out", "Before the tablet goes to somebody else")],
        exitCodes: [.done, .failed, .usage, .cannotWrite])

    static func password(options: [Command.Option]) -> Command {
        Command(
            "password", "Give an operator a password to sign in with",
            discussion: [
                "It has 15 to 256 bytes, is typed or read from a file, and is kept as scrypt makes it. Sign-ins that were made "
                    + "with the old one end. After 10 wrong ones within an hour no more are looked at for that operator."
            ],
            arguments: [.init("OPERATOR", "Whose")], options: [password] + options,
            examples: [.init("muster-registrar operator password jk", "Type it twice")],
            exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite])
    }
}
