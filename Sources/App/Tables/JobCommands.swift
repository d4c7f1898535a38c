import CommandTable

/// Commands about work orders.
enum JobCommands {
    /// `muster job …`: the jobs of this store's catalogue, without a network.
    static let job = Command(
        "job", "See what is to be installed where, and how far it is",
        subcommands: [
            Command(
                "list", "List the open jobs, those that are due first come first", options: [Common.tenant],
                examples: [.init("muster job list", "What is there to do?")], exitCodes: [.done, .usage]),
            Command(
                "show", "Show the list of a job with what became of each line",
                discussion: [
                    "Counts what this store has saved and what the registrar has told of the site. Nothing is asked of the "
                        + "network; `muster sync` fetches the newest."
                ],
                arguments: [.init("JOB", "A job of `muster job list`")], options: [Common.tenant],
                examples: [
                    .init("muster job show WO-7", "Which devices are still open?"),
                    .init("muster job show --json WO-7", "One JSON object for a script"),
                ], exitCodes: [.done, .usage, .badInput]),
        ])

    /// The job that a command works under.
    static let option = Command.Option(
        "job", .value("JOB"),
        "The work order: gives tenant, site, product and position where they are not named; default $MUSTER_JOB"
    )

    /// `job add|list|close` at the registrar.
    static func administration(
        of program: String, options: [Command.Option], exitCodes: [ExitCode]
    ) -> Command {
        Command(
            "job", "Work orders: a site, the devices expected there, and their positions",
            subcommands: [
                Command(
                    "add", "Add jobs: all of the file or none",
                    discussion: [
                        "The file holds one job as JSON, or one a line when it is named .jsonl: {\"jobID\": …, "
                            + "\"tenant\": …, \"site\": …} and, as needed, \"name\", \"due\": \"2026-12-24\", \"product\", "
                            + "\"positionRule\": {\"kind\": \"numbered\", \"pattern\": \"rack-{n}\", \"start\": 1} and "
                            + "\"expected\": [{\"position\": …, \"product\": …, \"fields\": {\"serial\": …}, \"note\": …}].",
                        "Kinds of rule: none, free (the installer says), listed (those of the list), numbered. An expected "
                            + "line without fields is a place for any device of its product.",
                    ],
                    arguments: [.init("FILE", "JSON, or JSON Lines when it ends in .jsonl", isFile: true)],
                    options: options,
                    examples: [.init("\(program) job add hall.json", "Plan one job")], exitCodes: exitCodes),
                Command(
                    "list", "List the open jobs", options: options,
                    examples: [.init("\(program) job list", "See what there is")], exitCodes: exitCodes),
                Command(
                    "close", "Close a job: tablets are no longer offered it, and its name stays taken",
                    arguments: [.init("JOB", "The job")],
                    options: [
                        .init(
                            "tenant", .value("TENANT"), "Whose job; needed when several have one of that name"
                        )
                    ] + options,
                    examples: [.init("\(program) job close WO-7", "It is done")], exitCodes: exitCodes),
            ])
    }
}
