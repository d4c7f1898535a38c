import CommandTable

/// `muster registrar …`: which registrar this store works with, and its administration over the API.
enum CompanionRegistrarCommands {
    static let registrar = Command(
        "registrar", "Choose the registrar, and administer it", options: [Common.passphrase],
        subcommands: [
            Command(
                "status", "Show which registrar is used and whether it answers",
                examples: [.init("muster registrar status", "Who confirms my work?")],
                exitCodes: Common.asking),
            Command(
                "pair", "Work with the registrar that a pairing file names",
                discussion: [
                    "The file comes from `muster-registrar pairing`. It holds a token and the registrar's own "
                        + "authority; from then on only that authority is trusted. Delete the file afterwards."
                ],
                arguments: [.init("FILE", "The pairing file", isFile: true)],
                examples: [.init("muster registrar pair jk.pairing", "Pair this tablet")],
                exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite]),
            Command(
                "use", "Switch to another operator or registrar that is paired already",
                arguments: [.init("REGISTRAR", "A registrar of `muster registrar list`, or `embedded`")],
                options: [.init("operator", .value("OPERATOR"), "Who works, when several are paired")],
                examples: [.init("muster registrar use embedded", "Work without the team's registrar")],
                exitCodes: [.done, .usage, .badInput]),
            Command(
                "list", "List the registrars and operators that are paired",
                examples: [.init("muster registrar list", "See them")], exitCodes: [.done, .usage]),
        ] + AdministrationCommands.all(of: "muster registrar")
            + TargetCommands.all(of: "muster registrar", options: [])
            + [FleetCommands.fleet(of: "muster registrar", options: [])])
}
