import CommandTable

/// Commands that look devices up.
enum DeviceCommands {
    static let device = Command(
        "device", "Find devices and see what happened to them",
        subcommands: [
            Command(
                "find", "Find devices by any identifier or part of one",
                arguments: [.init("TEXT", "A serial, MAC, EUI, IMEI … or a part")],
                options: [asking, Common.tenant, Common.passphrase],
                examples: [.init("muster device find NL-00", "Devices with that in an identifier")],
                exitCodes: Common.asking),
            Command(
                "show", "Show one device as it stands", arguments: [named],
                options: [
                    asking, Common.passphrase,
                    .init(
                        "certificate", .value("FILE"), "Write the certificate chain to FILE", isFile: true),
                ],
                examples: [
                    .init("muster device show NL-1", "Owner, place, certificate, open work"),
                    .init("muster device show NL-1 --certificate device.pem", "Take its certificate along"),
                ],
                exitCodes: Common.asking + [.cannotWrite]),
            Command(
                "history", "Show every operation of a device with its receipt", arguments: [named],
                options: [asking, Common.passphrase],
                examples: [.init("muster device history NL-1", "Who did what, and the proof")],
                exitCodes: Common.asking),
            key,
            Command(
                "principals", "List which certificates end when, the first to end first",
                discussion: [
                    "Device certificates and the authorities behind them, of every device whose certificate this store "
                        + "knows. What ends before the next visit is marked with !, what has ended with ✗; without "
                        + "--expiring the next visit is taken to be in a year."
                ],
                options: [
                    .init(
                        "expiring", .value("DAYS"),
                        "Only what ends within so many days: before the next visit"),
                    .init("site", .value("SITE"), "Only devices at a site"),
                ],
                examples: [
                    .init(
                        "muster device principals --expiring 90 --site oslo-1", "What to renew on this trip"),
                    .init("muster device principals --json", "One JSON object a certificate"),
                ],
                exitCodes: [.done, .failed, .usage]),
        ])

    private static let key = Command(
        "key", "Write out the symmetric key that a device's target made for it, or forget it",
        discussion: [
            "The key comes back in the receipt, sealed so that the operator who asked for it alone can open it, with what lies in the "
                + "vault. The file gets mode 0600. Once the device has its key, --forget wipes what opens it here."
        ],
        arguments: [named],
        options: [
            .init("output", .value("FILE"), "Write the key to FILE, base64; `-` with --reveal", isFile: true),
            Common.reveal, .flag("forget", "Wipe the key here"), Common.passphrase,
        ],
        examples: [
            .init("muster device key NL-1 --output nl-1.key", "Take it to the device"),
            .init("muster device key NL-1 --forget", "Once the device has it"),
        ],
        exitCodes: [.done, .failed, .usage, .badInput, .cannotWrite])

    private static let named = Command.Argument("DEVICE", "Any identifier of the device")
    private static let asking = Command.Option.flag("registrar", "Ask the registrar instead of this store")
}
