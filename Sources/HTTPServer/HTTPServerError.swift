package import Model

/// Why a server could not start.
package enum HTTPServerError: Explained, Equatable, Sendable {
    case cannotListen(address: String, port: UInt16, reason: String)

    package var explanation: Explanation {
        switch self {
        case .cannotListen(let address, let port, let reason):
            Explanation(
                id: "cannot_listen",
                what: "The server did not start: \(address) port \(port) cannot be used (\(reason)).",
                nextStep: "Choose another port, or end the program that uses this one.")
        }
    }
}
