import CommandTable
import SimulatedDevice

/// Commands that bring principals to devices, and a device to try them with.
enum HandOverCommands {
    static let links =
        "dir:PATH, serial:PATH[@BAUD], https://HOST, http://ADDRESS or ssh://USER@HOST[/DIRECTORY]"

    static let endpoint = Command.Option(
        "endpoint", .value("URL"),
        "Where the device finds its service; default its target's, else what the registrar gives out, else its own address"
    )

    static let console = Command.Option(
        "console", .value("FILE"), "The device has a console with prompts, as this profile describes it",
        isFile: true)

    /// By what a device on the network is known.
    static let network: [Command.Option] = [
        .init(
            "device-root", .value("FILE"), "For https: the root that the device's own certificate leads to",
            isFile: true),
        .init(
            "device-pin", .value("PIN"),
            "For https: sha256: and the hash of the device's public key, instead of a root"),
        .init(
            "host-key", .value("FILE"), "For ssh: the device's host key, or a file of known hosts",
            isFile: true),
        .init("ssh-key", .value("FILE"), "For ssh: the private key to log in with", isFile: true),
        .init(
            "device-command", .value("COMMAND"),
            "For ssh without a directory: what speaks the protocol on the device"),
    ]

    static let handOver = Command(
        "hand-over", "Bring a device its certificate, its root and its endpoint",
        discussion: [
            "Takes the certificate request of the device's own key, has a certificate issued for it, and brings that to the "
                + "device with the root to trust and the address of the service. Over a serial line the device is asked to sign over "
                + "a fresh nonce; over a directory that is recorded as not checked until the device's confirmation has come back.",
            "The device is compared with what was scanned: a swapped device is refused. It keeps its old principals until "
                + "it has shown that it holds the new ones whole. What is interrupted goes on where it stopped when the command is "
                + "run again: exit code 3 when the directory has to be taken to the device, 4 when the certificate has not come back yet, 69 when "
                + "no device answers.",
            "Over https the device proves itself by --device-root or --device-pin before anything is sent. Plain http goes only "
                + "to a private, link-local or loopback address in figures, and the record says that the link was not "
                + "encrypted; certificates and requests are not secret. Over ssh the host key must be known (--host-key, else "
                + "known_hosts in Muster's directory, else the user's); the login is by key, never by password. A directory on the "
                + "device is laid out as on a stick; without one --device-command speaks the hand-over protocol, or its shell is "
                + "typed at as --console says.",
            "With --idevid-root the device has to show the certificate that its maker gave it (IDevID, IEEE 802.1AR): it must lead "
                + "to that root, name the serial that was scanned, and where the link can ask, sign with its key.",
            "A device that cannot make a key says so, and gets one that Muster made: it lies sealed in the operator's vault "
                + "until the device has proven that it has it, and is wiped then. It never goes over plain http.",
            "A device that takes the symmetric key of its target (`muster commission --symmetric-key`) says so, and gets it in the same "
                + "way in place of a certificate, with its name there: it proves by the key itself that it has it, and the key is wiped here.",
            "A console that asks for a name and a password gets $MUSTER_CONSOLE_USER and what the file of mode 0600 that "
                + "$MUSTER_CONSOLE_PASSWORD_FILE names holds.",
        ],
        arguments: [.init("DEVICE", "Any identifier of the device", .optional)],
        options: [
            .init("to", .value("TO"), "The link: \(links)"), endpoint, console, MakerIdentity.option,
        ] + network + [KeyPolicy.option, ProvisionChoice.target] + MadeKey.options + [
            .flag("discover", "List the devices that announce themselves on the network, and end"),
            .flag("new-key", "Accept a key that differs from that of the certificate on record"),
            Common.tenant, Common.offline, Common.passphrase,
        ],
        examples: [
            .init("muster hand-over NL-1 --to serial:/dev/ttyUSB0@115200", "Over a serial console"),
            .init("muster hand-over NL-1 --to dir:/media/stick", "By a USB stick"),
            .init("muster hand-over --discover", "See which devices are on the network"),
            .init(
                "muster hand-over NL-1 --to https://10.0.0.7 --device-pin sha256:0a1b…", "Over the network"),
            .init(
                "muster hand-over NL-1 --to ssh://root@10.0.0.7/var/lib/muster --host-key device.pub",
                "By SSH"),
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
                        + "on a pseudo terminal, whose path it prints, until it is ended; or over HTTP; or on its standard "
                        + "streams, as the command of an SSH login; or it looks once into a directory.",
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
                    .init(
                        "http", .value("ADDRESS:PORT"),
                        "Take asks over HTTP there; port 0 is any free one, and is printed"),
                    .init(
                        "tls-certificate", .value("FILE"), "With --http: its certificate for HTTPS, PEM",
                        isFile: true),
                    .init(
                        "tls-key", .value("FILE"), "With --http: the key of that certificate, PEM",
                        isFile: true),
                    .flag("stdio", "Speak on standard input and output, and print nothing else"),
                    .init("lie", .choice("HOW", DeviceLie.allCases.map(\.rawValue)), "Misbehave"),
                    .init(
                        "power-cut", .choice("WHEN", PowerCut.allCases.map(\.rawValue)),
                        "End by SIGKILL at that moment"),
                    .init("noise", .value("N"), "Change one of N bytes on the line, in both directions"),
                    .flag(
                        "tpm",
                        "The key of a new device is made in the TPM and used there; with --register: it proves "
                            + "itself by the endorsement key"),
                    TPMChoice.option,
                    .init(
                        "idevid", .value("FILE"), "Give it this IDevID, the chain in PEM; it keeps it",
                        isFile: true),
                    .init("idevid-key", .value("FILE"), "The key of the IDevID", isFile: true),
                    .flag("takes-key", "It cannot make a key, and takes one with its principals"),
                    .flag(
                        "takes-symmetric-key", "It takes a symmetric key that its target made, too"),
                    .flag("once", "End after one hand-over was confirmed"),
                    .flag(
                        "connect",
                        "Connect to its service with what it was given, by MQTT, and end; once it is registered, "
                            + "to its hub"),
                    .init(
                        "root", .value("FILE"),
                        "With --connect or --register: a root of the service beside the one it was given",
                        isFile: true),
                ] + SimulatedCloud.options + [
                    .init(
                        "label-picture", .value("FILE"),
                        "Draw its label into FILE, for `muster scan`, and end",
                        isFile: true),
                    .flag("show", "Print how the device stands, and end"),
                ],
                examples: [
                    .init("muster simulate device ./dev --identity SIM-1 --serial ./tty", "On a serial line"),
                    .init("muster simulate device ./dev --directory /media/stick", "At a stick"),
                    .init("muster simulate device ./dev --http 127.0.0.1:0", "On the network"),
                    .init("muster simulate device ./dev --show --json", "Which principals it has"),
                    .init(
                        "muster simulate device ./dev --register dps:0ne00AABBCC --tpm --connect",
                        "To Azure by its TPM"),
                ],
                exitCodes: [
                    .done, .failed, .usage, .badInput, .unavailable, .cannotWrite, .notPermitted,
                ])
        ])
}
