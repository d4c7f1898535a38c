package import CommandTable

/// The commands of `muster`: the one table behind parsing, help, man page and completion.
package enum MusterCommands {
    package static let program = Command(
        "muster", "Take IoT devices from the label on the case to claimed, trusted and recorded",
        discussion: [
            "Muster reads device labels, claims devices to a tenant, has certificates issued for them and keeps a "
                + "signed receipt of each step. What is saved is on the disk before it says so, and is sent when the "
                + "registrar can be reached. Without a registrar of a team, one is embedded.",
            "Without a command it shows the full screen on a terminal.",
            "Results go to standard output, everything else to standard error.",
        ],
        options: Common.everywhere + [
            .flag("linear", "Without a command: plain lines instead of the full screen").own,
            .flag("version", "Print the version").own,
        ],
        examples: [
            .init("muster", "The full screen, for a day's work"),
            .init("muster demo", "Commission the sample labels against a registrar in a temporary place"),
            .init("muster commission --image label.jpg", "Commission the device on a photograph"),
            .init("muster sync", "Send what is saved"),
        ],
        exitCodes: ExitCode.allCases,
        subcommands: [
            demo, LabelCommands.scan, LabelCommands.label, CommissionCommands.commission,
            CommissionCommands.release, CommissionCommands.reprovision, CommissionCommands.revoke,
            CommissionCommands.note, CommissionCommands.placement,
            FleetCommands.companion, OutboxCommands.sync,
            OutboxCommands.queue, DeviceCommands.device, CertificateCommands.lint, HandOverCommands.handOver,
            VerifyCommands.verify, JobCommands.job, CompanionRegistrarCommands.registrar,
            SignInCommands.signIn,
            SignInCommands.signOut, VaultCommands.vault,
            HandOverCommands.simulate, KeyCommands.key, doctor,
            generate,
        ], runsAlone: true)

    private static let demo = Command(
        "demo", "Commission the sample labels for real, in a temporary place",
        discussion: [
            "Makes a store and a registrar in a temporary directory, reads the photographs in Assets/labels, saves "
                + "every device while the registrar is not running, starts the registrar, syncs, verifies the signed "
                + "receipts and shows a table. Nothing outside that directory is touched.",
            "With --prepare nothing is commissioned: the tenants, sites, products, deliveries and the job of the samples "
                + "are put into the registrar embedded in your store, or in that of --store, to try everything by hand. "
                + "Doing it again adds what is missing.",
        ],
        options: [
            .flag("keep", "Keep the directory and print where it is"),
            .flag("prepare", "Set the samples up in the store's embedded registrar, and stop there"),
        ],
        examples: [
            .init("muster demo", "Watch the whole job in a few seconds"),
            .init("muster demo --prepare --store try", "Set up a store to try things in"),
        ],
        exitCodes: [.done, .failed, .badInput, .unavailable, .cannotWrite])

    private static let doctor = Command(
        "doctor", "Check store, disk, clock, decoder, TPM and registrar, and say what to do",
        options: [SupportBundle.option, TPMChoice.option, Common.passphrase],
        examples: [
            .init("muster doctor", "See what stands in the way of work"),
            .init("muster doctor --json", "The same for a script"),
            .init("muster doctor --bundle ./for-support", "Write what support needs, without secrets"),
        ],
        exitCodes: [.done, .failed, .cannotWrite])

    private static let generate = Command(
        "generate", "Print the manual page, the shell completion or the key sheet",
        arguments: [.init("WHAT", "man, bash-completion or key-sheet")],
        examples: [
            .init("muster generate man > muster.1", "Write the manual page"),
            .init("muster generate key-sheet | lp", "Print every screen with its keys"),
        ],
        exitCodes: [.done, .usage])
}
