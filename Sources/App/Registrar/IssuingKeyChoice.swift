import CommandTable
import Credentials
import Model

/// Where the issuing key of a new registrar is to be.
enum IssuingKeyChoice {
    static let option = Command.Option(
        "issuing-key", .value("WHERE"),
        "Where the key that issues is to be: file (the default), tpm, tpm:TCTI such as tpm:device:/dev/tpmrm0, or a "
            + "pkcs11: address (RFC 7512) of a P-256 key, which is made when the token has none of that name")

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
