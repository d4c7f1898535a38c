package import Credentials
package import HTTPServer
package import Model
package import Processes
package import RegistrarStore

/// Why a registrar could not be made, opened or served.
package enum RegistrarError: Explained, Equatable, Sendable {
    case store(RegistrarStoreError)
    case credentials(CredentialsError)
    case system(SystemError)
    case server(HTTPServerError)
    /// There is no operator of that name.
    case unknownOperator(OperatorID)

    package var explanation: Explanation {
        switch self {
        case .store(let error): error.explanation
        case .credentials(let error): error.explanation
        case .system(let error): error.explanation
        case .server(let error): error.explanation
        case .unknownOperator(let id):
            Explanation(
                id: "operator_unknown", what: "The registrar has no operator \(id).",
                nextStep: "Add one with `muster-registrar operator add`.")
        }
    }

    /// Whether a registrar was not made because there is one already.
    package var isAlreadyMade: Bool {
        if case .store(.exists) = self { true } else { false }
    }

    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(CredentialsError) -> Value
    ) throws(RegistrarError) -> Value {
        do { return try body() } catch { throw .credentials(error) }
    }

    @discardableResult
    static func wrapping<Value>(
        _ body: () throws(SystemError) -> Value
    ) throws(RegistrarError) -> Value {
        do { return try body() } catch { throw .system(error) }
    }
}
