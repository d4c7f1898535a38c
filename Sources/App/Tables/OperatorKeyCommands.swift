import CommandTable
import Model

/// `operator keys` and `operator revoke-key`: the keys that operators sign their work with.
enum OperatorKeyCommands {
    static func all(
        of program: String, options: [Command.Option], exitCodes: [ExitCode]
    ) -> [Command] {
        [
            Command(
                "keys", "List the keys that an operator signs with", arguments: [.init("OPERATOR", "Whose")],
                options: options,
                examples: [.init("\(program) operator keys jk", "Which tablets does jk sign on?")],
                exitCodes: exitCodes),
            Command(
                "revoke-key", "End a key for good: nothing that it signed is taken any more",
                discussion: [
                    "For a tablet that was lost. What its operator saved there and has not sent is refused from then on; on "
                        + "the other tablets, which have keys of their own, the operator works on."
                ],
                arguments: [.init("KEY", "A key of `operator keys`")], options: options,
                examples: [
                    .init(
                        "\(program) operator revoke-key 0123456789abcdef0123456789abcdef",
                        "The tablet was stolen")
                ],
                exitCodes: exitCodes),
        ]
    }
}
