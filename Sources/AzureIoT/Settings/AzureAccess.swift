/// How the registrar proves itself to Azure's service planes. What is secret of it is kept elsewhere.
package enum AzureAccess: Codable, Equatable, Sendable {
    /// A shared access policy; its key signs tokens of some minutes.
    case sharedAccess(policy: String)
    /// An Entra ID token that something else keeps fresh in a file.
    case bearerFile(String)
    /// An Entra ID token that a program prints; its arguments, the program first.
    case bearerCommand([String])
}

/// In JSON `{"sharedAccess": {"policy": …}}`, `{"bearerFile": PATH}` or `{"bearerCommand": [WORD, …]}`.
extension AzureAccess {
    private enum CodingKeys: String, CodingKey {
        case sharedAccess, bearerFile, bearerCommand
    }

    private struct Policy: Codable {
        var policy: String
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let shared = try container.decodeIfPresent(Policy.self, forKey: .sharedAccess) {
            self = .sharedAccess(policy: shared.policy)
        } else if let path = try container.decodeIfPresent(String.self, forKey: .bearerFile) {
            self = .bearerFile(path)
        } else {
            self = .bearerCommand(try container.decode([String].self, forKey: .bearerCommand))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .sharedAccess(let policy): try container.encode(Policy(policy: policy), forKey: .sharedAccess)
        case .bearerFile(let path): try container.encode(path, forKey: .bearerFile)
        case .bearerCommand(let words): try container.encode(words, forKey: .bearerCommand)
        }
    }
}
