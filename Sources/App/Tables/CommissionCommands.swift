import CommandTable
import Model

/// Commands that make operations about one device.
enum CommissionCommands {
    static let commission = Command(
        "commission", "Claim one device, have its certificate issued and place it",
        discussion: [
            "The device is named by --label, by --image, or by --serial with --product. Everything is saved before "
                + "anything is sent; when the registrar cannot be reached the exit code is 4 and `muster sync` sends "
                + "it later.",
            "Without a word about its key the device is claimed and placed alone. With one it is let in where --target or the "
                + "registrar's placement says; `muster placement` asks where that would be, and `muster device show` says where it is.",
        ],
        options: [
            .init("label", .value("TEXT"), "What a scanner read"),
            .init("as", .value("FORMAT"), "With --label: the format, where it can be read in two ways"),
            .init("image", .value("FILE"), "A picture of the label", isFile: true),
            .init("serial", .value("SERIAL"), "The serial as printed"),
            .init("product", .value("PRODUCT"), "The product, where the label does not say it"),
            JobCommands.option, Common.tenant, Common.site,
            .init("position", .value("TEXT"), "Where at the site: rack 3 / slot 7"),
            .init("csr", .value("FILE"), "Certificate request of the device, PEM or DER", isFile: true),
            KeyPolicy.option,
        ] + MadeKey.options + ProvisionChoice.options + [
            .init("certificate", .value("FILE"), "Write the issued chain to FILE", isFile: true),
            .init("hand-over", .value("TO"), "Then hand principals over: \(HandOverCommands.links)"),
            HandOverCommands.endpoint, HandOverCommands.console, MakerIdentity.option,
        ] + HandOverCommands.network + [
            .flag("lines", "Commission one device for each line of standard input, each saved by itself"),
            Common.offline, Common.passphrase,
        ],
        examples: [
            .init("muster commission --image label.jpg --position 'rack 3'", "From a photograph"),
            .init("muster commission --serial NL-1 --product nl-ls1", "From a typed serial"),
            .init("muster commission --label \"$SCAN\" --csr device.csr", "With a certificate for its key"),
            .init(
                "muster commission --label \"$SCAN\" --hand-over serial:/dev/ttyUSB0",
                "And bring the device its principals"),
            .init(
                "muster commission --serial NL-1 --product nl-ls1 --target eu --tpm-identity nl-1.tpm.json",
                "Let a device with a TPM in at a target"),
            .init("muster commission --lines < scans.txt", "Many, one payload a line"),
            .init("muster commission --job WO-7 --image label.jpg", "Under a work order"),
        ],
        exitCodes: Common.handingOver)

    static let release = Command(
        "release", "Give a device up, so that another tenant can claim it",
        arguments: [.init("DEVICE", "Any identifier of the device")],
        options: [
            .init("reason", .value("TEXT"), "Why; it is kept in the history"), Common.offline,
            Common.passphrase,
        ],
        examples: [.init("muster release NL-1 --reason 'returned to the maker'", "Give one device up")],
        exitCodes: Common.saving)

    static let revoke = Command(
        "revoke", "Take trust back from the certificates of a device",
        discussion: [
            "Every certificate that was issued for the device goes on the registrar's revocation list, which services "
                + "fetch from /v1/crl. The device stays the tenant's and can be given a certificate anew; after "
                + "keyCompromise only for a new key. Only support and administrators may revoke."
        ],
        arguments: [.init("DEVICE", "Any identifier of the device")],
        options: [
            .init(
                "reason", .choice("WHY", RevocationReason.allCases.map(\.rawValue)),
                "Why, in the words of revocation lists (RFC 5280)"),
            .init("text", .value("TEXT"), "What happened; it is kept in the history"), Common.offline,
            Common.passphrase,
        ],
        examples: [
            .init("muster revoke NL-1 --reason keyCompromise --text 'stolen from the van'", "Stop one device")
        ],
        exitCodes: Common.saving)

    static let reprovision = Command(
        "reprovision", "Let a provisioned device in somewhere else",
        discussion: [
            "With what it proves itself by now, its certificate or its TPM, the device is made known at the target that is named, or "
                + "where the registrar's placement says. The old place keeps it until it is proven at the new one. What the "
                + "new target does not take, such as a symmetric key of the old one, is refused: commission it there anew."
        ],
        arguments: [.init("DEVICE", "Any identifier of the device")],
        options: [ProvisionChoice.target, Common.offline, Common.passphrase],
        examples: [
            .init("muster reprovision NL-1 --target us", "Move one device"),
            .init("muster reprovision NL-1", "Ask placement anew, as after a target was down"),
        ],
        exitCodes: Common.saving)

    static let placement = Command(
        "placement", "Ask the registrar where a device would be provisioned, and why",
        discussion: [
            "By its rules of placement as they are now. Nothing is changed, and no device need be known. Where the registrar is not "
                + "reached, or with --offline, the rules that came with the last sync are asked, and it is said how old they are."
        ],
        options: [
            .init("serial", .value("SERIAL"), "The device's serial"), Common.tenant, Common.site,
            .init("product", .value("PRODUCT"), "Its product"),
            .flag("offline", "Ask the rules that are kept here, and nobody else"), Common.passphrase,
        ],
        examples: [
            .init("muster placement --serial NL-1 --site oslo-1", "Before the job begins")
        ],
        exitCodes: Common.asking)

    static let note = Command(
        "note", "Put a note into the history of a device",
        arguments: [.init("DEVICE", "Any identifier of the device"), .init("TEXT", "The note")],
        options: [Common.offline, Common.passphrase],
        examples: [.init("muster note NL-1 'antenna replaced'", "Write one note")],
        exitCodes: Common.saving)
}
