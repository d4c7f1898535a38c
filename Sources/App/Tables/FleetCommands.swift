import AWSIoT
import CommandTable

/// Commands about whole fleets at accounts of AWS.
enum FleetCommands {
    static let codes: [ExitCode] = [.done, .failed, .usage, .badInput, .cannotWrite, .notPermitted]
    static let target = Command.Argument("TARGET", "A target of kind aws")
    static let out = Command.Option(
        "out", .value("DIR"), "Where the claim is written, readable by you alone", isFile: true)

    /// For the registrar's machine.
    static func fleet(of program: String, options: [Command.Option]) -> Command {
        Command(
            "fleet", "Whole fleets at AWS: templates, claims, authorities, bulk tasks, transfers, the lobby",
            subcommands: [
                FleetTemplateCommands.template(program, options), claim(program, options),
                FleetAuthorityCommands.authority(program, options),
                FleetAuthorityCommands.bulk(program, options), transfer(program, options),
                FleetAuthorityCommands.lobby(program, options), hook(program, options),
                Command(
                    "work", "List authorities, tasks and moves that are under way",
                    options: [.flag("all", "What has ended too")] + options,
                    examples: [.init("\(program) fleet work", "What is stuck, and why?")], exitCodes: codes),
            ])
    }

    private static func claim(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "claim", "Have AWS make a claim certificate, by which one device provisions itself",
            discussion: [
                "It is good for five minutes and is written into DIR with its key and nowhere else: the registrar keeps no copy "
                    + "and never asks for one that is used later. Without TEMPLATE it is of the target's own, "
                    + "fleetTemplate."
            ],
            arguments: [target, .init("TEMPLATE", "A provisioning template of the account", .optional)],
            options: [out] + options,
            examples: [.init("\(program) fleet claim eu meters --out claim", "For the device at hand")],
            exitCodes: codes)
    }

    private static func transfer(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "transfer", "Hand a device's certificate to another account, and let the device in there",
            discussion: [
                "The certificate is detached, handed over and accepted; thing, groups and policy are made in the new account as "
                    + "its target says. What the other account does not take is put back as it was. Asked again, it goes "
                    + "on from where it was."
            ],
            arguments: [.init("DEVICE", "The registrar's id of the device")],
            options: [.init("to", .value("TARGET"), "Another account of AWS, same region")] + options,
            examples: [.init("\(program) fleet transfer d-0123456789 --to eu-other", "After a sale")],
            exitCodes: codes)
    }

    private static func hook(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "hook", "Answer what AWS asks before it provisions a device: is its serial on the job?",
            discussion: [
                "Reads the question of a pre-provisioning hook on standard input and writes the answer. Whatever runs as the "
                    + "hook's function passes it on."
            ],
            arguments: [.init("JOB", "An open job, whose list names the serials")],
            options: [
                .init("tenant", .value("TENANT"), "Whose job it is"),
                .init("parameter", .value("NAME"), "What holds the serial; default SerialNumber"),
            ] + options,
            examples: [.init("\(program) fleet hook job-7 --tenant acme <question.json", "One question")],
            exitCodes: codes)
    }

    /// For technicians, over the registrar's API.
    static let companion = Command(
        "fleet", "Provision devices at AWS by claim certificates",
        subcommands: [
            Command(
                "claim", "Ask the registrar for a claim certificate for a device at hand",
                discussion: [
                    "The registrar has AWS make it for the device's target. It is good for five minutes, so it is asked for with a "
                        + "network or not at all: nothing is saved for later. Another target or template than the "
                        + "device's own is for support and administrators."
                ],
                arguments: [.init("DEVICE", "An identifier of the device, or a part of one")],
                options: [
                    out, .init("target", .value("TARGET"), "Another target than the device's"),
                    .init("template", .value("NAME"), "Another template than the target's"),
                    Common.passphrase,
                ],
                examples: [.init("muster fleet claim NL-1 --out claim", "With the device at hand")],
                exitCodes: [
                    .done, .failed, .usage, .badInput, .unavailable, .cannotWrite, .notPermitted,
                ])
        ])
}
