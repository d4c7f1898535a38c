import CommandTable
import Credentials
import Glibc

/// Which TPM a command uses.
enum TPMChoice {
    static let option = Command.Option(
        "tcti", .value("WHERE"),
        "Where the TPM is, such as swtpm:path=SOCKET; default $MUSTER_TCTI or \(TPMAddress.kernel)")

    static func tpm(_ context: CommandContext) throws(TPMError) -> TPM {
        let named = context.invocation.value("tcti") ?? context.surroundings.variables["MUSTER_TCTI"]
        guard let named, !named.isEmpty else { return TPM() }
        return TPM(at: try TPMAddress(named))
    }

    /// Keeps the TPM software stack from writing on standard error, where the screen is; its errors are told by Muster.
    ///
    /// The stack takes this from the environment alone, so it is set there, once and before the first thread starts.
    static func silenceLibrary() {
        setenv("TSS2_LOG", "all+none", 0)
    }
}
