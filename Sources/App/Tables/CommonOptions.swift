import CommandTable

/// Options and exit codes that many commands share.
enum Common {
    static let everywhere: [Command.Option] = [
        .flag("help", short: "h", "Show this help"),
        .flag("json", "Print one JSON object a line with sorted keys"),
        .flag("headless", "Never prompt and never paint"),
        .init("store", .value("DIR"), "Use the store in DIR instead of $XDG_STATE_HOME/muster", isFile: true),
    ]

    static let tenant = Command.Option(
        "tenant", .value("TENANT"), "The tenant; default $MUSTER_TENANT or the only one")
    static let site = Command.Option("site", .value("SITE"), "The site; default $MUSTER_SITE or the only one")
    static let reveal = Command.Option.flag("reveal", "Show secrets instead of ‹redacted›")
    static let offline = Command.Option.flag("offline", "Save only; do not try to reach the registrar now")

    /// For commands that send or ask.
    static let passphrase = Command.Option(
        "passphrase-file", .value("FILE"), "Read the vault's passphrase from FILE, mode 0600", isFile: true)

    /// The exit codes of a command that saves operations and tries to send them.
    static let saving: [ExitCode] = [
        .done, .failed, .savedNeedsPerson, .savedNotConfirmed, .usage, .badInput, .cannotWrite,
    ]
    /// Of a command that also talks to the device itself.
    static let handingOver: [ExitCode] = [
        .done, .failed, .savedNeedsPerson, .savedNotConfirmed, .usage, .badInput, .unavailable, .cannotWrite,
    ]
    static let reading: [ExitCode] = [.done, .failed, .usage, .badInput, .unavailable]
    static let asking: [ExitCode] = [.done, .failed, .savedNotConfirmed, .usage, .notPermitted]
}
