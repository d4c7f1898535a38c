package import CommandTable

/// The commands of `muster-registrar`.
package enum RegistrarServerCommands {
    private static let directory = Command.Option(
        "directory", .value("DIR"),
        "Where the registrar's files are; default $XDG_STATE_HOME/muster-registrar",
        isFile: true)

    package static let program = Command(
        "muster-registrar", "Run the registrar of a team: claims, certificates, receipts, audit",
        discussion: [
            "The registrar decides on operations that companions send, issues device certificates with an authority "
                + "of its own and signs a receipt for everything that takes effect."
        ],
        options: [
            .flag("help", short: "h", "Show this help"), .flag("json", "Print one JSON object a line"),
            .flag("version", "Print the version").own,
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
                    directory, .init("name", .value("TEXT"), "The name that people see"),
                ],
                examples: [.init("muster-registrar init --name 'Acme devices'", "Make one")],
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
                "audit", "Verify the audit chain from its first entry to its head", options: [directory],
                examples: [.init("muster-registrar audit", "Is the record whole?")],
                exitCodes: [.done, .failed, .usage]),
        ] + AdministrationCommands.all(of: "muster-registrar", options: [directory])
            + [
                Command(
                    "generate", "Print the manual page or the shell completion",
                    arguments: [.init("WHAT", "man or bash-completion")],
                    examples: [.init("muster-registrar generate man", "Print the manual page")],
                    exitCodes: [.done, .usage])
            ])
}
