import CommandTable

/// Commands that say who issues certificates to devices.
enum IssuerCommands {
    static func issuer(options: [Command.Option]) -> Command {
        Command(
            "issuer", "Who issues certificates to devices",
            subcommands: [
                Command(
                    "est", "Have an authority outside issue, by Enrollment over Secure Transport (RFC 7030)",
                    discussion: [
                        "The authority is asked for its certificates first; they and everything that it issues must "
                            + "lead to --root. From then on the registrar passes each device's request on to it. "
                            + "While it has a request in hand, the operation waits and is asked about again in its time.",
                        "What proves the registrar there stays in the files named here, which nobody else may read "
                            + "(mode 0600). Certificates that it issued are revoked there, not here.",
                    ],
                    options: options + [
                        .init(
                            "url", .value("URL"), "https://host:port, with /.well-known/est/LABEL if need be"),
                        .init("root", .value("FILE"), "Root of the authority, PEM", isFile: true),
                        .init("user", .value("NAME"), "Prove the registrar by a password"),
                        .init(
                            "password-file", .value("FILE"), "The password, in a file of mode 0600",
                            isFile: true),
                        .init(
                            "certificate", .value("FILE"), "Prove the registrar by a certificate, PEM",
                            isFile: true),
                        .init("key", .value("FILE"), "Its key, PEM, in a file of mode 0600", isFile: true),
                    ],
                    examples: [
                        .init(
                            "muster-registrar issuer est --url https://ca.acme.example --root ca.pem --user muster "
                                + "--password-file password", "Have the company's authority issue")
                    ],
                    exitCodes: [.done, .failed, .usage, .badInput]),
                Command(
                    "built-in", "Have the registrar's own authority issue, as it does from the start",
                    options: options,
                    examples: [.init("muster-registrar issuer built-in", "Issue here again")],
                    exitCodes: [.done, .failed, .usage]),
            ])
    }
}
