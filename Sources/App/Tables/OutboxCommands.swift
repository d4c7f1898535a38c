import CommandTable

/// Commands about what is saved and not yet confirmed.
enum OutboxCommands {
    static let sync = Command(
        "sync", "Send what is saved and fetch what changed",
        options: [
            .flag("watch", "Stay, and send whenever something is due"),
            .init("timeout", .value("SECONDS"), "Give up waiting for answers after this long; default 60"),
            Common.passphrase,
        ],
        examples: [
            .init("muster sync", "Send everything that can go now"),
            .init("muster sync --watch --json", "Keep sending, a JSON line for each change"),
        ],
        exitCodes: [.done, .failed, .savedNeedsPerson, .savedNotConfirmed, .usage])

    static let queue = Command(
        "queue", "Look at saved operations and settle what needs a person",
        subcommands: [
            Command(
                "list", "List operations, those that need a person first",
                options: [
                    .init(
                        "state", .choice("WHICH", ["open", "needs-you", "confirmed", "closed", "all"]),
                        "Which operations; default open"),
                    .init("limit", .value("N"), "At most N; default 50"),
                ],
                examples: [.init("muster queue list --state needs-you", "What you have to settle")],
                exitCodes: [.done, .usage]),
            Command(
                "show", "Show one operation with everything known about it",
                arguments: [operation], examples: [.init("muster queue show 7C21", "By the end of its id")],
                exitCodes: [.done, .usage, .badInput]),
            Command(
                "retry", "Try a refused or waiting operation again", arguments: [operation],
                options: [Common.offline, Common.passphrase],
                examples: [.init("muster queue retry 7C21", "After the cause is gone")],
                exitCodes: Common.saving),
            Command(
                "withdraw", "Close an operation that shall not be done", arguments: [operation],
                options: [.init("reason", .value("TEXT"), "Why; it is kept in the audit")],
                examples: [.init("muster queue withdraw 7C21 --reason 'wrong label'", "Close it")],
                exitCodes: [.done, .usage, .badInput, .cannotWrite]),
            Command(
                "resolve", "Settle a conflict: take what the registrar has, or send yours again on top of it",
                arguments: [operation],
                options: [
                    .init("take", .choice("WHOSE", ["theirs", "mine"]), "Whose version counts"),
                    Common.offline, Common.passphrase,
                ],
                examples: [.init("muster queue resolve 7C21 --take theirs", "Let the desk's change stand")],
                exitCodes: Common.saving),
            Command(
                "export", "Write every open operation to a file, as it would be sent",
                arguments: [.init("FILE", "JSON Lines; - for standard output", isFile: true)],
                examples: [.init("muster queue export outbox.jsonl", "Before the tablet goes in for repair")],
                exitCodes: [.done, .usage, .cannotWrite]),
            Command(
                "import", "Take in operations that another store exported",
                arguments: [.init("FILE", "JSON Lines; - for standard input", isFile: true)],
                examples: [.init("muster queue import outbox.jsonl", "Send them from here")],
                exitCodes: [.done, .usage, .badInput, .cannotWrite]),
        ])

    private static let operation = Command.Argument("OPERATION", "An operation id, or the end of one")
}
