import CommandTable

/// Commands that say where devices connect to.
enum EndpointCommands {
    static func endpoint(options: [Command.Option]) -> Command {
        let service = Command.Argument("SERVICE", "mqtt, or tls for any other service over TLS")
        let product = Command.Option(
            "product", .value("PRODUCT"), "For the devices of this product alone; default every product")
        let codes: [ExitCode] = [.done, .failed, .usage, .badInput]
        return Command(
            "endpoint", "Where devices connect to, and by whose word they believe it",
            subcommands: [
                Command(
                    "set", "Give a service out to devices from now on",
                    discussion: [
                        "Tablets learn it with the catalogue. A hand-over brings the device the address and the root; "
                            + "`muster verify` connects there when no other is named. A service of a product goes before that "
                            + "of every product. What devices have already stays as it is until the next hand-over."
                    ],
                    arguments: [
                        service, .init("ADDRESS", "HOST:PORT; for mqtt the port is 8883 when left out"),
                    ],
                    options: options + [
                        .init(
                            "root", .value("FILE"), "The roots that the service is believed by, PEM or DER",
                            isFile: true), product,
                    ],
                    examples: [
                        .init(
                            "muster-registrar endpoint set mqtt broker.acme.example:8883 --root root.pem",
                            "Where all devices connect to")
                    ],
                    exitCodes: codes),
                Command(
                    "list", "List what is given out", options: options,
                    examples: [.init("muster-registrar endpoint list", "See what there is")],
                    exitCodes: [.done, .failed, .usage]),
                Command(
                    "remove", "Give a service out no longer", arguments: [service],
                    options: options + [product],
                    examples: [
                        .init("muster-registrar endpoint remove mqtt --product nl-ls1", "Take one away")
                    ],
                    exitCodes: codes),
            ])
    }
}
