import CommandTable
import SimulatedDevice

/// Commands that bring principals to devices, and a device to try them with.
enum HandOverCommands {
    static let links = "dir:PATH, serial:PATH or serial:PATH@BAUD"

    static let endpoint = Command.Option(
        "endpoint", .value("URL"), "Where the device finds its service; default the registrar's address")

    static let console = Command.Option(
        "console", .value("FILE"), "The device has a console with prompts, as this profile describes it",
        isFile: true)

    static let handOver = Command(
        "hand-over", "Bring a device its certificate, its root and its endpoint",
        discussion: [
            "Takes the certificate request of the device's own key, has a certificate issued for it, and brings that to the "
                + "device with the root to trust and the address of the service. Over a serial line the device is asked to sign over "
                + "a fresh nonce; over a directory that is recorded as not checked until the device's confirmation has come back.",
            "The device is compared with what was scanned: a swapped device is refused. It keeps its old principals until "
                + "it has shown that it holds the new ones whole. What is interrupted goes on where it stopped when the command is "
                + "run again: exit code 3 when the directory has to be taken to the device, 4 when the registrar was not reached, 69 when "
                + "no device answers.",
            "A console that asks for a name and a password gets $MUSTER_CONSOLE_USER and $MUSTER_CONSOLE_PASSWORD.",
        ],
        arguments: [.init("DEVICE", "Any identifier of the device")],
        options: [
            .init("to", .value("TO"), "The link: \(links)"), endpoint, console,
            .flag("new-key", "Accept a key that differs from that of the certificate on record"),
            Common.tenant, Common.offline,
        ],
        examples: [
            .init("muster hand-over NL-1 --to serial:/dev/ttyUSB0@115200", "Over a serial console"),
            .init("muster hand-over NL-1 --to dir:/media/stick", "By a USB stick"),
            .init(
                "muster hand-over NL-1 --to serial:/dev/ttyUSB0 --console linux-openssl.json",
                "By typing at its console"),
        ],
        exitCodes: Common.handingOver)

    static let simulate = Command(
        "simulate", "Run things in software that a field has in hardware",
        subcommands: [
            Command(
                "device", "Run a device that makes its key and takes principals",
                discussion: [
                    "Its memory is the directory DISK: name, key, bundles and what it works with. It speaks the hand-over protocol "
                        + "on a pseudo terminal, whose path it prints, until it is ended; or it looks once into a directory.",
                    "It can be made to lie, to lose its power and to have a bad line, to see what comes of that.",
                ],
                arguments: [.init("DISK", "The directory that is its memory", isFile: true)],
                options: [
                    .init("identity", .value("SERIAL"), "The serial of a new device"),
                    .init("mac", .value("MAC"), "The MAC address of a new device"),
                    .init("product", .value("TEXT"), "The product of a new device"),
                    .init(
                        "serial", .value("PATH"),
                        "The serial line to speak on, or where to link to the pseudo terminal", isFile: true),
                    .init(
                        "directory", .value("DIR"), "Look into DIR, as if a stick had been plugged in",
                        isFile: true),
                    .init("lie", .choice("HOW", DeviceLie.allCases.map(\.rawValue)), "Misbehave"),
                    .init(
                        "power-cut", .choice("WHEN", PowerCut.allCases.map(\.rawValue)),
                        "End by SIGKILL at that moment"),
                    .init("noise", .value("N"), "Change one of N bytes on the line, in both directions"),
                    .flag("tpm", "The key of a new device is made in the TPM and used there"),
                    TPMChoice.option,
                    .flag("once", "End after one hand-over was confirmed"),
                    .flag("show", "Print how the device stands, and end"),
                ],
                examples: [
                    .init("muster simulate device ./dev --identity SIM-1 --serial ./tty", "On a serial line"),
                    .init("muster simulate device ./dev --directory /media/stick", "At a stick"),
                    .init("muster simulate device ./dev --show --json", "Which principals it has"),
                ],
                exitCodes: [.done, .failed, .usage, .badInput, .unavailable, .cannotWrite])
        ])
}
