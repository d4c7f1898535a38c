import CommandTable
import Model

/// Commands that add and list the registrar's things. `muster registrar …` does it over the API, `muster-registrar …` in place.
enum AdministrationCommands {
    /// `options` are what each command takes besides its own, such as where the registrar's files are; `operators` what can
    /// be done to operators in that program alone.
    static func all(
        of program: String, options: [Command.Option] = [], operators: [Command] = []
    ) -> [Command] {
        let codes: [ExitCode] = [.done, .failed, .savedNotConfirmed, .usage, .badInput, .notPermitted]
        func add(
            _ noun: String, _ arguments: [Command.Argument], _ own: [Command.Option],
            _ example: Command.Example
        ) -> Command {
            Command(
                "add", "Add a \(noun)", arguments: arguments, options: own + options, examples: [example],
                exitCodes: codes)
        }
        func list(_ noun: String, _ word: String) -> Command {
            Command(
                "list", "List \(noun)", options: options,
                examples: [.init("\(program) \(word) list", "See what there is")], exitCodes: codes)
        }
        let name = Command.Option("name", .value("TEXT"), "The name that people see")
        let product = productOptions(name)
        return [
            Command(
                "tenant", "Who owns devices",
                subcommands: [
                    add(
                        "tenant", [.init("TENANT", "A short name: a-z, 0-9, dot, dash, underscore")], [name],
                        .init("\(program) tenant add acme --name 'Acme Ltd'", "Add a tenant")),
                    list("tenants", "tenant"),
                ]),
            Command(
                "site", "Where a tenant's devices stand",
                subcommands: [
                    add(
                        "site", [.init("SITE", "A short name")], [required(Common.tenant), name],
                        .init(
                            "\(program) site add oslo-1 --tenant acme --name 'Oslo, basement'", "Add a site")),
                    list("sites", "site"),
                ]),
            Command(
                "product", "Kinds of device, how their labels are recognised and who may claim them",
                subcommands: [
                    add(
                        "product", [.init("PRODUCT", "A short name")], product,
                        .init(
                            "\(program) product add nl-ls1 --name 'Soil sensor' --match gtin=09501101530003",
                            "Add a product")),
                    Command(
                        "change", "Change what is named of a product",
                        discussion: [
                            "What is not named stays. Devices that have their principals keep them; what is saved from now on is "
                                + "judged by the product as it is when the registrar decides. When somebody else changed the "
                                + "product meanwhile, nothing is changed."
                        ],
                        arguments: [.init("PRODUCT", "Its short name")], options: product + options,
                        examples: [
                            .init(
                                "\(program) product change nl-ls1 --key-origin tpm", "Demand keys of a TPM"),
                            .init("\(program) product change nl-ls1 --key-origin any", "Take any again"),
                        ], exitCodes: codes),
                    list("products", "product"),
                ]),
            Command(
                "operator", "Who may do what",
                subcommands: [
                    add(
                        "operator", [.init("OPERATOR", "A short name")],
                        [
                            name,
                            .init(
                                "role", .choice("ROLE", Role.allCases.map(\.rawValue)),
                                "What the operator may do; default installer"),
                            .init("tenant", .values("TENANT"), "A tenant the operator works for; may repeat"),
                            .init("site", .values("SITE"), "Limit the operator to a site; may repeat"),
                        ],
                        .init(
                            "\(program) operator add jk --role installer --tenant acme",
                            "Add an installer; the token is shown this once")),
                    list("operators", "operator"),
                ] + OperatorKeyCommands.all(of: program, options: options, exitCodes: codes)
                    + operators),
            Command(
                "delivery", "The list of devices that may be claimed",
                subcommands: [
                    add(
                        "delivery list",
                        [
                            .init(
                                "FILE",
                                "JSON Lines: {\"identity\":{\"product\":…,\"fields\":{\"serial\":…}},\"claimCode\":…}",
                                isFile: true)
                        ],
                        [],
                        .init("\(program) delivery add devices.jsonl", "Put devices on the list")),
                    list("listed devices", "delivery"),
                ]),
            JobCommands.administration(of: program, options: options, exitCodes: codes),
        ]
    }

    /// What a product is made of; to change it, what is to be different.
    private static func productOptions(_ name: Command.Option) -> [Command.Option] {
        [
            name,
            .init(
                "admission", .choice("WHO", Product.Admission.allCases.map(\.rawValue)),
                "Whether only listed devices can be claimed; at first listed"),
            .init(
                "match", .values("FIELD=VALUE"),
                "A label field that tells the product; may repeat; none for no fields"),
            .init(
                "key-origin", .values("WAYS"),
                "How keys may be made, the first choice first: device, tpm, made; at first any"),
        ]
    }

    private static func required(_ option: Command.Option) -> Command.Option {
        var option = option
        option.help = "The tenant it belongs to"
        return option
    }
}
