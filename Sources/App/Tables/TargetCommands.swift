import CommandTable
import Model

/// Commands about the targets that a registrar provisions devices into, and about which device goes where.
enum TargetCommands {
    static func all(of program: String, options: [Command.Option]) -> [Command] {
        [target(program, options), placement(program, options)]
    }

    private static let codes: [ExitCode] = [.done, .failed, .usage, .badInput, .notPermitted]

    private static let settings: [Command.Option] = [
        .init("settings", .value("FILE"), "The settings as a JSON object", isFile: true),
        .init("set", .values("NAME=VALUE"), "One setting, such as endpoint.region=eu-west-1; may repeat"),
        .init(
            "secret", .values("NAME=FILE"), "A secret, out of a file of mode 0600; may repeat", isFile: true),
        .init("ca", .value("FILE"), "Believe servers by these authorities, PEM, and no others", isFile: true),
        .init(
            "down-after", .value("TIME"),
            "Take it for down once its calls have failed for so long: 90s, 5m (the default), 2h; 0: never"),
        .flag("unchecked", "Keep it without asking the target first"),
    ]

    private static let discussion = [
        "azure-dps: serviceHost, idScope, access.sharedAccess.policy with --secret key=FILE (or access.bearerFile, "
            + "access.bearerCommand), enrolment.proof (certificate, authority, tpm, symmetricKey), enrolment.group, "
            + "enrolment.authority, allocation, hubs.",
        "iot-hub: host, access as above, proof (thumbprint, authority, symmetricKey).",
        "aws: endpoint.region, accountID, policy, issuer (aws, registrar, authority), thingType, groups, attributes, client "
            + "(isByThingName, topic and echoes; read from the policy where it is not said); "
            + "--secret accessKeyID=FILE and secretAccessKey=FILE, else the credentials of the registrar's environment "
            + "and shared files.",
        "deviceRoots, PEM, for each of them: the roots that devices believe it by, where they are not those of its cloud.",
        "Secrets are sealed with the registrar's own key before they are kept, and never shown. "
            + "The target is asked with calls that change nothing; what is missing there is named, right by right.",
    ]

    private static func target(_ program: String, _ options: [Command.Option]) -> Command {
        func one(
            _ name: String, _ says: String, own: [Command.Option] = [], _ example: String = ""
        ) -> Command {
            Command(
                name, says, arguments: [.init("TARGET", "A target of the list")], options: own + options,
                examples: [.init("\(program) target \(name) eu\(example)", says)], exitCodes: codes)
        }
        return Command(
            "target", "Where devices are provisioned: Azure DPS, IoT Hub, AWS IoT Core",
            subcommands: [
                Command(
                    "add", "Add a target, once it has been asked", discussion: discussion,
                    arguments: [
                        .init("TARGET", "A short name"),
                        .init("KIND", "azure-dps, iot-hub or aws"),
                    ], options: settings + options,
                    examples: [
                        .init(
                            "\(program) target add eu aws --set endpoint.region=eu-west-1 --set accountID=123456789012 "
                                + "--set policy=devices --secret accessKeyID=id --secret secretAccessKey=key",
                            "One region of an AWS account")
                    ], exitCodes: codes),
                one(
                    "change", "Change settings or secrets of a target", own: settings,
                    " --secret key=new-key"),
                Command(
                    "list", "List the targets, their standing and their devices", options: options,
                    examples: [.init("\(program) target list", "See what there is")], exitCodes: codes),
                one("show", "Show a target's settings; secrets are not shown"),
                one("check", "Ask a target with calls that change nothing whether all rights are there"),
                one(
                    "limits", "Show or set the limits of a target's account, and what is used of them now",
                    own: [
                        .init(
                            "set", .values("NAME=NUMBER[/SECONDS]"),
                            "What the account is allowed instead of what the documents say; may repeat"),
                        .init("reset", .values("NAME"), "Go back to what the documents say; may repeat"),
                    ], " --set azure_hub_registry=300/60"),
                one("history", "Show what was set of a target, and when it was found to be down or up"),
                one("remove", "Forget a target that no device is at"),
                one(
                    "down",
                    "Mark a target as down until it is marked up: devices go to the next, as placement says"),
                one("drain", "Let a target keep its devices and take no new ones"),
                one("up", "Take a target into service again, also one that was found to be down"),
                Command(
                    "rights",
                    "Print the least rights that the registrar needs in a cloud, as its policy text",
                    arguments: [.init("KIND", "azure-dps, iot-hub or aws")], options: options,
                    examples: [.init("\(program) target rights aws", "For whoever runs the account")],
                    exitCodes: codes),
                devices(program, options),
                Command(
                    "work", "List what is being done at targets",
                    options: [
                        .flag("all", "What has ended too"),
                        .init(
                            "device", .value("DEVICE"), "Of one device: its serial, an identifier or its id"),
                    ] + options,
                    examples: [.init("\(program) target work", "What is stuck, and why?")], exitCodes: codes),
                Command(
                    "run", "Do what is due at targets now, without waiting for anybody to ask",
                    options: options,
                    examples: [.init("\(program) target run", "After an outage")], exitCodes: codes),
                Command(
                    "settle",
                    "Say that a device is proven where it is now: its old place and its older certificates end",
                    discussion: [
                        "It is what a verification brings about, by your word instead: what is held at old places is due, and "
                            + "every certificate of the device but the one on record ends, as superseded. Each is named. A "
                            + "device that has not taken its present certificate yet is let in no more after that."
                    ],
                    arguments: [.init("DEVICE", "Its serial, an identifier or the registrar's id")],
                    options: options,
                    examples: [.init("\(program) target settle NL-1", "After a move")],
                    exitCodes: codes),
            ])
    }

    private static func devices(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "devices", "List what a target holds, set against the registrar's records",
            discussion: [
                "known: both have it; missing: only the records have it; leftover: it bears the mark of a device that the "
                    + "records have elsewhere; exchanged: it bears another device's mark than the records have for its name; "
                    + "underWork: something is being done about it; foreign: it bears no mark of this registrar's.",
                "A query is in the target's own language: SELECT * FROM enrollments … (azure-dps), SELECT * FROM devices "
                    + "WHERE tags.site = 'oslo-1' (iot-hub), attributes.site:oslo-1 (aws, with its fleet index). With one, "
                    + "nothing is said to be missing. Lines come as pages do; the list goes after other work.",
            ],
            arguments: [.init("TARGET", "A target of the list")],
            options: [
                .init("query", .value("TEXT"), "What the target finds by this, and no more"),
                .flag("differences", "Leave out what both have"),
            ] + options,
            examples: [
                .init("\(program) target devices eu --differences", "Is anything there that should not be?")
            ], exitCodes: [.done, .failed, .savedNeedsPerson, .usage, .badInput, .notPermitted])
    }

    private static func placement(_ program: String, _ options: [Command.Option]) -> Command {
        Command(
            "placement", "Which device goes to which target",
            subcommands: [
                Command(
                    "set", "Set the rules of placement",
                    discussion: [
                        "By options for the simple cases; a file says everything: policy (hashed, lowestLatency, static, "
                            + "custom), candidates with weight, regions, standing and capacity, sites with their region, "
                            + "latencies, rules. `built-in` is the registrar's own authority."
                    ],
                    options: [
                        .init("rules", .value("FILE"), "All rules, JSON", isFile: true),
                        .init("static", .values("TARGET"), "The first of these that is up; may repeat"),
                        .init("hashed", .values("TARGET=WEIGHT"), "Spread by weights; may repeat"),
                    ] + options,
                    examples: [
                        .init(
                            "\(program) placement set --hashed eu=70 --hashed us=30",
                            "Spread over two targets")
                    ], exitCodes: codes),
                Command(
                    "show", "Show the rules and what is wrong with them", options: options,
                    examples: [.init("\(program) placement show", "See them")], exitCodes: codes),
                Command(
                    "clear", "Leave every new device with the registrar's own authority", options: options,
                    examples: [.init("\(program) placement clear", "No targets")], exitCodes: codes),
                Command(
                    "explain", "Say where a device would go, and why; nothing is changed",
                    options: [
                        .init("serial", .value("SERIAL"), "The device's serial"), Common.tenant, Common.site,
                        .init("product", .value("PRODUCT"), "Its product"),
                    ] + options,
                    examples: [
                        .init(
                            "\(program) placement explain --serial SN-1 --tenant acme --site tromso",
                            "Before a job begins")
                    ], exitCodes: codes),
            ])
    }
}
