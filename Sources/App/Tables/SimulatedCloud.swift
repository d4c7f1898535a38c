import CommandTable

/// What `muster simulate device` takes to register at a cloud.
enum SimulatedCloud {
    static let options: [Command.Option] = [
        .init(
            "register", .value("SERVICE"),
            "Register by itself and end: dps:ID_SCOPE, or dps:ID_SCOPE@https://HOST:PORT. It proves itself by the "
                + "certificate it was given, by --device-key, or by --tpm"),
        .init(
            "registration-id", .value("ID"),
            "With --register: its name there; default the certificate's common name, or its serial"),
        .init(
            "fleet", .value("DIR"),
            "Provision itself at AWS by the claim certificate in DIR, as `fleet claim` writes it, and end",
            isFile: true),
        .init(
            "parameter", .values("NAME=VALUE"),
            "With --fleet: what the template asks for beside SerialNumber; may repeat"),
        .init(
            "device-key", .value("FILE"),
            "With --register or --connect: the symmetric key of its enrollment, base64", isFile: true),
        .init(
            "hub-at", .value("URL"),
            "With --fleet or --connect: where its service is, mqtts://HOST:PORT, or https://HOST:PORT for a hub; "
                + "default by the service's own name"),
    ]
}
