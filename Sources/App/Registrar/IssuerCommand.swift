import CommandTable
import Credentials
import Model
import Registrar

/// `muster-registrar issuer …`: who issues certificates to devices.
struct IssuerCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }

    func run(_ words: [String]) async throws -> ExitCode {
        guard words == ["est"] else {
            try await registrar.setIssuer(nil)
            context.console.print(Issuer(issuer: "built-in"))
            context.console.show("The registrar's own authority issues from now on.")
            return .done
        }
        let settings = try settings()
        let names = try await registrar.setIssuer(settings)
        context.console.print(Issuer(authorities: names, issuer: "est", url: settings.url))
        context.console.show("\(settings.url) issues from now on: \(names.joined(separator: ", ")).")
        return .done
    }

    private func settings() throws -> ESTSettings {
        guard let url = invocation.value("url"), let root = invocation.value("root") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was changed: an authority has an address and a root.",
                "Add --url URL and --root FILE.")
        }
        let bytes = try InputFile.bytes(root, limit: Certificate.limitBytes)
        let pem: String
        do { pem = try Certificate(bytes).pem } catch {
            throw CommandFailure(
                .badInput, error.explanation.id, "`\(root)`: \(error.explanation.what)",
                error.explanation.nextStep)
        }
        return ESTSettings(
            url: try ArgumentText.identifier(url, PublicURL.self), root: pem, user: invocation.value("user"),
            passwordFile: path("password-file"), certificateFile: path("certificate"), keyFile: path("key"))
    }

    /// The registrar is started elsewhere, so the whole path is kept.
    private func path(_ option: String) -> String? {
        invocation.value(option).map { name in
            let directory = context.surroundings.variables["PWD"] ?? ""
            return name.hasPrefix("/") || directory.isEmpty ? name : directory + "/" + name
        }
    }

    private struct Issuer: Encodable {
        var authorities: [String]?
        var issuer: String
        var url: PublicURL?
    }
}
