import CommandTable

/// Commands about authorities in accounts, bulk tasks, and the lobby.
enum FleetAuthorityCommands {
    private static let task = Command.Option("task", .value("ID"), "Another task than the newest")

    static func authority(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "authority", "The registrar's issuing authority in accounts of AWS",
            subcommands: [
                Command(
                    "register", "Make the issuing authority known, with the proof that its key is here",
                    discussion: [
                        "With --template its devices are provisioned by that template with their first connection; with "
                            + "--auto-registration they register themselves and wait. sni-only asks for no proof and may stand "
                            + "in several accounts: only devices that name their endpoint are served."
                    ],
                    arguments: [FleetCommands.target],
                    options: [
                        .init("template", .value("NAME"), "A just-in-time template of the account"),
                        .init("mode", .choice("MODE", ["default", "sni-only"]), "Default: default"),
                        .flag("auto-registration", "Certificates register themselves"),
                    ] + options,
                    examples: [
                        .init("\(program) fleet authority register eu --template factory", "Just in time")
                    ], exitCodes: FleetCommands.codes),
                Command(
                    "list", "List the authorities that an account knows", arguments: [FleetCommands.target],
                    options: options, examples: [.init("\(program) fleet authority list eu", "See them")],
                    exitCodes: FleetCommands.codes),
                Command(
                    "remove", "Make an authority unknown in an account",
                    arguments: [FleetCommands.target, .init("AUTHORITY", "Its id, as `list` shows it")],
                    options: options,
                    examples: [.init("\(program) fleet authority remove eu 0a1b…", "No new devices of it")],
                    exitCodes: FleetCommands.codes),
            ])
    }

    static func bulk(_ program: String, _ options: [Command.Option]) -> Command {
        let template = Command.Option(
            "template", .value("FILE"), "The template's body, as `fleet template draft --use bulk` writes it",
            isFile: true)
        let file = Command.Argument("FILE", "One JSON object a line: a device's parameters", isFile: true)
        func about(_ name: String, _ says: String, _ own: [Command.Option] = []) -> Command {
            Command(
                name, says, arguments: [FleetCommands.target], options: own + [task] + options,
                examples: [.init("\(program) fleet bulk \(name) eu", says)], exitCodes: FleetCommands.codes)
        }
        let wait = Command.Option.flag("wait", "Wait until it is done, an hour at most")
        return Command(
            "bulk", "Many devices by one task of AWS",
            subcommands: [
                Command(
                    "check", "Look at a file without asking anybody", arguments: [file],
                    options: [template] + options,
                    examples: [
                        .init(
                            "\(program) fleet bulk check devices.json --template bulk.json",
                            "Before it is sent")
                    ], exitCodes: FleetCommands.codes),
                Command(
                    "start", "Upload a file that was looked at, and start the task",
                    discussion: [
                        "AWS carries out one task of an account at a time. Asked again for the same file, it is not started twice."
                    ],
                    arguments: [FleetCommands.target, file],
                    options: [
                        template, .init("bucket", .value("NAME"), "The bucket, in the target's region"),
                        .init("key", .value("KEY"), "The object's name; default the file's"),
                        .init("role", .value("ARN"), "The role by which AWS reads the file and registers"),
                        .flag("uploaded", "The file lies there already"), wait,
                    ] + options,
                    examples: [
                        .init(
                            "\(program) fleet bulk start eu devices.json --template bulk.json --bucket acme-devices "
                                + "--role arn:aws:iam::123456789012:role/fleet", "A thousand at once")
                    ], exitCodes: FleetCommands.codes),
                about("status", "Say how the newest task stands", [wait]),
                about(
                    "report", "Print what went wrong, line by line",
                    [.flag("results", "Print what was registered instead")]),
                about("stop", "Stop the newest task"),
            ])
    }

    static func lobby(_ program: String, _ options: [Command.Option]) -> Command {
        let fingerprint = Command.Argument("FINGERPRINT", "SHA-256 of the certificate, as on the label")
        func one(
            _ name: String, _ says: String, _ arguments: [Command.Argument], _ example: String
        ) -> Command {
            Command(
                name, says, arguments: arguments, options: options,
                examples: [.init("\(program) fleet lobby \(name)\(example)", says)],
                exitCodes: FleetCommands.codes)
        }
        return Command(
            "lobby", "Devices with a certificate from their factory, and their owners' claims",
            subcommands: [
                one(
                    "claim", "Claim a certificate for a device; once it has been seen, the device is let in",
                    [fingerprint, .init("DEVICE", "The registrar's id of the device"), FleetCommands.target],
                    " 9f86d081… d-0123456789 eu"),
                one(
                    "contact", "Say that a device has shown its certificate; once claimed, it is let in",
                    [.init("FILE", "The certificate, PEM", isFile: true)], " device.pem"),
                one(
                    "look", "Take certificates that registered themselves in an account for contacts",
                    [FleetCommands.target, .init("AUTHORITY", "The authority's id there")], " lobby 0a1b…"),
                one("list", "List who is there, and whose", [], ""),
                one("release", "End a claim", [fingerprint], " 9f86d081…"),
            ])
    }
}
