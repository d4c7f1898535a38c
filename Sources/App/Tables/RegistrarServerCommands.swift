package import CommandTable

/// The commands of `muster-registrar`.
package enum RegistrarServerCommands {
    private static let directory = Command.Option(
        "directory", .value("DIR"),
        "Where the registrar's files are; default $XDG_STATE_HOME/muster-registrar",
        isFile: true)

    private static let publicURL = Command.Option(
        "public-url", .value("URL"),
        "Where services reach the registrar; certificates then say where their status is told; `none` ends it"
    )

    package static let program = Command(
        "muster-registrar", "Run the registrar of a team: claims, certificates, receipts, audit",
        discussion: [
            "The registrar decides on operations that companions send, issues device certificates with an authority "
                + "of its own and signs a receipt for everything that takes effect."
        ],
        options: [
            .flag("help", short: "h", "Show this help"), .flag("json", "Print one JSON object a line"),
            .flag("version", "Print the version").own,
            .init(
                "passphrase-file", .value("FILE"),
                "Opens sealed keys, or the vault that they lie in; default $MUSTER_PASSPHRASE_FILE, then the systemd "
                    + "credential \(PassphraseFile.registrar.credential)", isFile: true),
        ],
        examples: [
            .init(
                "muster-registrar init --name 'Acme devices'", "Make keys, authority and an empty registrar"),
            .init(
                "muster-registrar serve --listen 0.0.0.0:8443 --host devices.acme.example", "Serve companions"
            ),
        ],
        exitCodes: ExitCode.allCases,
        subcommands: [
            Command(
                "init", "Make a new registrar: its keys, its authority, an empty database",
                options: [
                    directory, .init("name", .value("TEXT"), "The name that people see"), publicURL,
                    IssuingKeyChoice.option,
                ],
                examples: [
                    .init("muster-registrar init --name 'Acme devices'", "Make one"),
                    .init(
                        "muster-registrar init --issuing-key tpm",
                        "Make one that issues by this machine's TPM"),
                ],
                exitCodes: [.done, .failed, .usage, .cannotWrite]),
            Command(
                "serve", "Answer companions over HTTPS until stopped",
                discussion: [
                    "Prints `listening on ADDRESS` once it answers. TLS 1.2 is the minimum; the server certificate "
                        + "comes from the registrar's own authority, for the names given by --host."
                ],
                options: [
                    directory,
                    .init(
                        "listen", .value("ADDRESS:PORT"), "Default 127.0.0.1:8443; port 0 takes any free one"),
                    .init("host", .values("NAME"), "A name or address that companions use; may repeat"),
                    publicURL,
                    .init(
                        "session-minutes", .value("MINUTES"), "Life of a sign-in, 5 to 1440; default 720"),
                    .flag(
                        "require-sign-in",
                        "Refuse the tokens of pairing files, which any machine may show"),
                    .flag(
                        "require-signatures",
                        "Refuse operations that the operator who made them has not signed"),
                ],
                examples: [.init("muster-registrar serve --listen 127.0.0.1:8443", "Serve on this machine")],
                exitCodes: [.done, .failed, .usage, .cannotWrite]),
            Command(
                "pairing", "Write the file with which a companion pairs, for one operator",
                arguments: [.init("OPERATOR", "An operator; a new token is issued")],
                options: [
                    directory,
                    .init("url", .value("URL"), "Where companions reach the registrar: https://host:port"),
                    .init(
                        "output", .value("FILE"), "Where to write it; default standard output", isFile: true),
                ],
                examples: [
                    .init(
                        "muster-registrar pairing jk --url https://127.0.0.1:8443 --output jk.pairing",
                        "For the operator jk")
                ],
                exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite]),
            Command(
                "seal", "Encrypt the registrar's keys under a passphrase",
                discussion: [
                    "The passphrase has 16 bytes or more and comes from a file of mode 0600 or a systemd credential, never "
                        + "from the command line. scrypt makes a key of it, AES-256-GCM encrypts the files. From then on "
                        + "every command that opens the registrar needs it. Without this, the keys lie in files of mode "
                        + "0600, in the clear."
                ],
                options: [directory],
                examples: [
                    .init(
                        "muster-registrar seal --passphrase-file pass", "Encrypt the keys that are there")
                ],
                exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite]),
            Command(
                "crl", "Write the signed list of certificates that are trusted no longer",
                discussion: [
                    "DER, for services that check device certificates. It is also served, without a token, as /v1/crl; "
                        + "/v1/ocsp answers for single certificates. A list is good for a week; fetch it daily."
                ],
                options: [
                    directory,
                    .init("output", .value("FILE"), "Where to write it", isFile: true),
                ],
                examples: [
                    .init("muster-registrar crl --output devices.crl", "For a broker or a web server")
                ],
                exitCodes: [.done, .failed, .usage, .cannotWrite]),
            Command(
                "status", "Say what the registrar is, who issues its certificates and where it is public",
                options: [directory],
                examples: [.init("muster-registrar status", "Where do certificates point to?")],
                exitCodes: [.done, .failed, .usage]),
            Command(
                "audit", "Verify the audit chain from its first entry to its head", options: [directory],
                examples: [.init("muster-registrar audit", "Is the record whole?")],
                exitCodes: [.done, .failed, .usage]),
            IssuerCommands.issuer(options: [directory]),
            EndpointCommands.endpoint(options: [directory]),
        ]
            + AdministrationCommands.all(
                of: "muster-registrar", options: [directory],
                operators: [SignInCommands.password(options: [directory])])
            + TargetCommands.all(of: "muster-registrar", options: [directory])
            + [
                FleetCommands.fleet(of: "muster-registrar", options: [directory]),
                Command(
                    "generate", "Print the manual page or the shell completion",
                    arguments: [.init("WHAT", "man or bash-completion")],
                    examples: [.init("muster-registrar generate man", "Print the manual page")],
                    exitCodes: [.done, .usage]),
            ])
}
