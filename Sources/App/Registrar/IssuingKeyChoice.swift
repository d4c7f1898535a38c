import CommandTable
import Credentials
import Model

/// Where the issuing key of a new registrar is to be.
enum IssuingKeyChoice {
    private static let kinds: KeyValuePairs<String, KeyKind> = ["p256": .p256, "p384": .p384]

    static let options: [Command.Option] = [
        .init(
            "issuing-key", .value("WHERE"),
            "Where the key that issues is to be: file (the default), tpm, tpm:TCTI such as tpm:device:/dev/tpmrm0, or a "
                + "pkcs11: address (RFC 7512), whose key is made when the token has none of that name"),
        .init(
            "issuing-key-kind", .choice("KIND", kinds.map(\.key)),
            "The kind of a new one; default p256. A token's own may be either when nothing is said here"),
    ]

    /// `nil` when nothing is said.
    static func kind(_ context: CommandContext) -> KeyKind? {
        let name = context.invocation.value("issuing-key-kind")
        return kinds.first { $0.key == name }?.value
    }

    static func place(_ context: CommandContext) throws -> KeyPlace {
        guard let text = context.invocation.value("issuing-key") else { return .file }
        switch text {
        case "file": return .file
        case "tpm": return .tpm(try TPMChoice.tpm(context).address)
        case _ where text.hasPrefix("tpm:"): return .tpm(try TPMAddress(String(text.dropFirst("tpm:".count))))
        case _ where text.hasPrefix(ModuleKeyURI.scheme): return .module(try ModuleKeyURI(text))
        default:
            throw CommandFailure(
                .usage, "usage",
                "Nothing was made: --issuing-key must be file, tpm, tpm:TCTI or a pkcs11: address.",
                "Leave it out to keep the key in a file.")
        }
    }
}
