/// One region of one account, and how it is reached.
package struct AWSEndpoint: Codable, Equatable, Sendable {
    /// `eu-west-1`.
    package var region: String
    /// `https://host` or `https://host:port` in place of the region's own, for private stacks.
    package var controlPlane: String?

    package init(region: String, controlPlane: String? = nil) {
        self.region = region
        self.controlPlane = controlPlane
    }
}
