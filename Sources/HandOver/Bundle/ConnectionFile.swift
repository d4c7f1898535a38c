package import Model

/// Where a device is provisioned, and by which name it is known there: the content of `connection.json`.
package struct ConnectionFile: Codable, Equatable, Sendable {
    package var target: TargetID
    /// Where it connects, or asks where to connect.
    package var endpoint: String?
    /// The device's name there.
    package var name: String
    /// Whether the service has issued the certificate itself: then it leads to no root in `trust.pem`.
    package var issuedThere: Bool?

    package init(target: TargetID, endpoint: String? = nil, name: String, issuedThere: Bool? = nil) {
        self.target = target
        self.endpoint = endpoint
        self.name = name
        self.issuedThere = issuedThere
    }
}
