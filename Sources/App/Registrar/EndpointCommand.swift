import CommandTable
import Credentials
import Model
import Registrar

/// `muster-registrar endpoint …`: where devices connect to, and by whose word they believe it.
struct EndpointCommand {
    let context: CommandContext
    let registrar: Registrar

    private var invocation: Invocation { context.invocation }

    func run(_ words: [String]) async throws -> ExitCode {
        switch words {
        case ["set"]: try await set()
        case ["list"]: try await registrar.services().forEach(tell)
        case ["remove"]: try await remove()
        default:
            throw UsageError.unknownCommand(
                words.joined(separator: " "), of: "muster-registrar endpoint", suggestion: nil)
        }
        return .done
    }

    private func set() async throws {
        let kind = try kind()
        let text = invocation.arguments[1]
        let prefix = kind.scheme.rawValue + "://"
        guard let endpoint = ServiceEndpoint(text.hasPrefix(prefix) ? text : prefix + text) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was changed: `\(text)` is no address of a service.",
                "Write HOST:PORT, such as broker.acme.example:8883.")
        }
        guard let path = invocation.value("root") else {
            throw CommandFailure(
                .usage, "usage", "Nothing was changed: it is not said by whose word the service is believed.",
                "Add --root FILE with the service's root certificate.")
        }
        let service = DeviceService(
            kind: kind, endpoint: endpoint, product: try product(), roots: try roots(path))
        try await registrar.set(service)
        tell(service)
    }

    private func roots(_ path: String) throws -> String {
        let roots = try VerifyPrincipals.certificates(path)
        guard !roots.isEmpty else {
            throw CommandFailure(
                .badInput, "root_missing", "Nothing was changed: there is no certificate in \(path).",
                "Give the service's root certificate in PEM or DER.")
        }
        return try roots.map { try $0.pem }.joined()
    }

    private func remove() async throws {
        let (kind, product) = (try kind(), try product())
        let wasThere = try await registrar.removeService(kind, of: product)
        context.console.print(Removed(removed: wasThere, kind: kind, product: product))
        context.console.show(wasThere ? "It is given out no longer." : "There was none.")
    }

    private func kind() throws -> DeviceService.Kind {
        let text = invocation.arguments[0]
        guard let kind = DeviceService.Kind(rawValue: text) else {
            throw CommandFailure(
                .usage, "usage", "Nothing was changed: `\(text)` is no kind of service.",
                "Write mqtt, or tls for any other.")
        }
        return kind
    }

    private func product() throws -> ProductID? {
        try invocation.value("product").map { try ArgumentText.identifier($0) }
    }

    private func tell(_ service: DeviceService) {
        context.console.print(service)
        let whose = service.product?.rawValue ?? "every product"
        let roots = (try? Certificate.chain(pem: service.roots).map(\.summary)) ?? []
        let words = roots.map { "\($0.subject) until \($0.notAfter.description.prefix(10))" }
        context.console.show("\(service.endpoint)  \(whose)  believed by \(words.joined(separator: ", "))")
    }

    private struct Removed: Encodable {
        var removed: Bool
        var kind: DeviceService.Kind
        var product: ProductID?
    }
}
