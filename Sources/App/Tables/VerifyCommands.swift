import CommandTable

/// The command that proves connections.
enum VerifyCommands {
    static let verify = Command(
        "verify", "Prove that a device's key and certificate connect to its service",
        discussion: [
            "First a TLS handshake, in which nothing else is sent: the service has to prove by the given root alone, and in "
                + "the name of the endpoint, who it is. Then, for mqtts://, a connection, and a message to itself that has to come "
                + "back. Each step is printed; the proof is kept in the device's history, and so is why there is none; `muster device "
                + "show` names the last. Nothing else ever says that a device is online.",
            "With --key, or with a key that Muster made and has not handed over yet, Muster connects in the device's place; the certificate is the one on record unless another is given. "
                + "Without it only the service is proven. The client id is a fresh one, so that a device which is connected stays "
                + "so; --client-id gives another, and a device that is connected with it is thrown out.",
            "A cloud may let a device in by its own name alone: IoT Hub always does, AWS IoT where its policy says so. Then a "
                + "connection by that name throws the device out, where it is connected, and Muster makes none unless "
                + "--may-interrupt says that it may, or the key is still in the vault, so that the device cannot have it. Where a device "
                + "hears nothing of what it sends, as at IoT Hub, being let in is the proof, and no message is sent.",
            "With --by target nobody connects: the registrar asks the device's target whether it has seen the device. It counts "
                + "when the device was seen since it was given what it proves itself by now; during a rotation it counts too, but does not "
                + "say by which certificate, so that the old one stays. A target's word may be minutes late.",
            "With --by device the device is asked over --to, and signs for its last connection with the key of its certificate on "
                + "record.",
            "Exit code 1: somebody answers and is not believed, or refuses; 65: a file is not usable, or is that of another "
                + "device; 69: nobody answers, or libmosquitto is missing.",
        ],
        arguments: [.init("DEVICE", "Any identifier of the device")],
        options: [
            .init(
                "endpoint", .value("URL"),
                "The service: mqtts://HOST, mqtts://HOST:PORT or tls://HOST:PORT; default that of the device's target, else what the registrar gives out"
            ),
            .init(
                "root", .values("FILE"),
                "The root to believe the service by; may repeat; default that of the target, or of the registrar's list",
                isFile: true),
            .init(
                "key", .value("FILE"), "The device's key in PEM; a TPM's too, on its machine",
                isFile: true),
            TPMChoice.option,
            .init(
                "certificate", .value("FILE"),
                "Its certificate with what leads to the root; default that on record",
                isFile: true),
            .init(
                "by", .choice("WITNESS", VerifyCommand.witnesses),
                "Whose word it is: Muster's own, which is usual, the target's or the device's"),
            .init("to", .value("TO"), "With --by device: the link, \(HandOverCommands.links)"),
            .init("client-id", .value("ID"), "Connect under this id; throws out who has it"),
            .flag(
                "may-interrupt", "Connect by the device's own name too, though that may throw the device out"),
            .init(
                "topic", .value("TOPIC"),
                "Where the message goes; default what the target allows, else muster/verify/ and the client id"
            ),
            .init("timeout", .value("SECONDS"), "For all of it; default 15"),
            Common.tenant, Common.offline, Common.passphrase,
        ] + HandOverCommands.network,
        examples: [
            .init("muster verify NL-1 --key nl-1.key", "With the service that the registrar gives out"),
            .init(
                "muster verify NL-1 --endpoint mqtts://broker.example --root root.pem --key nl-1.key",
                "With the device's key and its certificate on record"),
            .init(
                "muster verify NL-1 --endpoint tls://broker.example:8883 --root root.pem",
                "Is the service itself who it should be?"),
            .init("muster verify NL-1 --by target", "Has its cloud seen it?"),
            .init(
                "muster verify NL-1 --by device --to serial:/dev/ttyUSB0",
                "Has it connected, by its own word?"),
        ],
        exitCodes: [
            .done, .failed, .savedNeedsPerson, .savedNotReached, .usage, .badInput, .unavailable,
            .cannotWrite,
        ])
}
