import CommandTable

/// Commands about keys that this machine's TPM holds.
enum KeyCommands {
    private static let request = Command.Option(
        "csr", .value("FILE"), "Write a certificate request for the key to FILE", isFile: true)
    private static let serial = Command.Option(
        "serial", .value("SERIAL"), "With --csr: the serial of the device, as its name in the request")

    static let key = Command(
        "key", "Make keys in this machine's TPM and certificate requests for them, and tell who it is",
        subcommands: [
            Command(
                "make", "Make a key that never leaves the TPM",
                discussion: [
                    "Run it on the device itself. FILE is of use to the TPM that made it alone, and nothing is kept in "
                        + "the TPM; who can read FILE on that machine can sign with it. Other programs read it too, such "
                        + "as OpenSSL with its tpm2 provider.",
                    "Give the request to `muster commission --csr`.",
                ],
                options: [
                    .init(
                        "tpm", .value("FILE"), "Write the key to FILE, as TSS2 PRIVATE KEY; has to be given",
                        isFile: true),
                    .init(
                        "kind", .choice("KIND", KeyCommand.kinds.keys.sorted()),
                        "The kind of key; default p256"),
                    request, serial, TPMChoice.option,
                ],
                examples: [
                    .init("muster key make --tpm device.tss --csr device.csr --serial NL-1", "For a device")
                ],
                exitCodes: codes),
            Command(
                "request", "Make a certificate request for a key that is in the TPM",
                arguments: [.init("KEYFILE", "What `muster key make` wrote", isFile: true)],
                options: [request, serial, TPMChoice.option],
                examples: [
                    .init(
                        "muster key request device.tss --csr new.csr --serial NL-1",
                        "To renew its certificate")
                ],
                exitCodes: codes),
            Command(
                "identity", "Print the keys by which a cloud knows this machine's TPM",
                discussion: [
                    "The public halves of the endorsement key and of the storage root key, as one line of JSON; nothing "
                        + "in it is secret. Keys that are not kept in the TPM are derived, which can take it a minute.",
                    "Give it to `muster commission --tpm-identity`.",
                ],
                options: [TPMChoice.option],
                examples: [.init("muster key identity > tpm.json", "On the device, to enrol it")],
                exitCodes: [.done, .failed, .usage, .badInput, .unavailable, .notPermitted]),
        ])

    private static let codes: [ExitCode] = [
        .done, .failed, .usage, .badInput, .unavailable, .cannotWrite, .notPermitted,
    ]
}
