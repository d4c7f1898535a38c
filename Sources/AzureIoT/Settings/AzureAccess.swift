/// How the registrar proves itself to Azure's service planes. What is secret of it is kept elsewhere.
package enum AzureAccess: Codable, Equatable, Sendable {
    /// A shared access policy; its key signs tokens of some minutes.
    case sharedAccess(policy: String)
    /// An Entra ID token that something else keeps fresh in a file.
    case bearerFile(String)
    /// An Entra ID token that a program prints; its arguments, the program first.
    case bearerCommand([String])
}
