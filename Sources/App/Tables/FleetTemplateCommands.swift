import AWSIoT
import CommandTable

/// Commands about provisioning templates.
enum FleetTemplateCommands {
    private static let name = Command.Argument("NAME", "A template's name")

    static func template(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "template", "Provisioning templates: what becomes of a device that comes by a claim",
            subcommands: [
                draft(program, options), put(program, options),
                Command(
                    "list", "List an account's templates", arguments: [FleetCommands.target],
                    options: options, examples: [.init("\(program) fleet template list eu", "See them")],
                    exitCodes: FleetCommands.codes),
                Command(
                    "show", "Show a template and its body", arguments: [FleetCommands.target, name],
                    options: options,
                    examples: [.init("\(program) fleet template show eu meters", "What does it make?")],
                    exitCodes: FleetCommands.codes),
                Command(
                    "remove", "Remove a template; devices that came by it stay",
                    arguments: [FleetCommands.target, name], options: options,
                    examples: [.init("\(program) fleet template remove eu meters", "No further devices")],
                    exitCodes: FleetCommands.codes),
            ])
    }

    private static func draft(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "draft", "Write a template's body, to look at or to put",
            options: [
                .init(
                    "use", .choice("USE", AWSTemplate.Use.allCases.map(\.rawValue)),
                    "What for; default fleet, by claims"),
                .init(
                    "thing", .value("PATTERN"),
                    "The thing's name, parameters in braces; default {SerialNumber}"),
                .init("policy", .value("NAME"), "The policy of the device's certificate"),
                .init("attribute", .values("NAME=PATTERN"), "An attribute of the thing; may repeat"),
                .init("type", .value("NAME"), "The thing type"),
                .init("group", .values("NAME"), "A thing group; may repeat"),
                .init("tell", .values("NAME=VALUE"), "What the device is told; may repeat"),
            ] + options,
            examples: [
                .init(
                    "\(program) fleet template draft --policy devices --attribute serial={SerialNumber}",
                    "A template for claims")
            ], exitCodes: FleetCommands.codes)
    }

    private static func put(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "put", "Have a template in the account as the file says",
            discussion: [
                "What AWS would refuse is named before anything is sent. A template that is there gets a new version, which is the "
                    + "one in use; of five versions the oldest goes."
            ],
            arguments: [FleetCommands.target, name, .init("FILE", "The body, JSON", isFile: true)],
            options: [
                .init("role", .value("ARN"), "The role by which AWS carries the template out"),
                .init("hook", .value("ARN"), "The function that is asked before each device"),
                .flag("just-in-time", "For certificates of a registered authority, not for claims"),
                .flag("disabled", "Keep it switched off"),
            ] + options,
            examples: [
                .init(
                    "\(program) fleet template put eu meters meters.json --role arn:aws:iam::123456789012:role/fleet",
                    "Make or change it")
            ], exitCodes: FleetCommands.codes)
    }
}
