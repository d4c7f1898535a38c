/// A hub that the registrar may reach itself, and how.
///
/// Only hubs that are named here are called, whatever host an answer names: a call carries the right to a
/// whole hub.
package struct AzureHubAccess: Codable, Equatable, Sendable {
    /// The hub's own name, `contoso-hub.azure-devices.net`; tokens are made for it.
    package var host: String
    package var access: AzureAccess
    /// Another address than `https://HOST`, for private stacks.
    package var url: String?

    package init(host: String, access: AzureAccess, url: String? = nil) {
        self.host = host
        self.access = access
        self.url = url
    }
}

/// Where a call goes and with what right.
package struct AzureReach: Equatable, Sendable {
    /// The logical host: the audience of tokens.
    package var host: String
    /// What the path is appended to.
    package var url: String
    package var access: AzureAccess
}
