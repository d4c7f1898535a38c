package import Model

/// Why a server could not start.
package enum HTTPServerError: Explained, Equatable, Sendable {
    case cannotListen(address: String, port: UInt16, reason: String)
    /// libmicrohttpd is not installed, or is another one than this program was made for.
    case libraryMissing(reason: String)

    package var explanation: Explanation {
        switch self {
        case .cannotListen(let address, let port, let reason):
            Explanation(
                id: "cannot_listen",
                what: "The server did not start: \(address) port \(port) cannot be used (\(reason)).",
                nextStep: "Choose another port, or end the program that uses this one.")
        case .libraryMissing(let reason):
            Explanation(
                id: "library_missing", kind: .unavailable, what: "The server did not start: \(reason).",
                nextStep: "Install the package libmicrohttpd12.")
        }
    }
}
