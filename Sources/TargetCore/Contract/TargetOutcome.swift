package import Model

/// What an intent has come to.
package struct TargetOutcome: Equatable, Sendable {
    /// The device as the target has it now; `nil` when it is unknown there.
    package var device: DeviceTarget?
    /// PEM chain that the target issued, the device certificate first.
    package var certificateChain: String?
    /// Roots that the device needs to believe its service, PEM.
    package var serviceRoots: String?
    /// The device's symmetric key, base64. It is in no store and no journal.
    package var key: Redacted<String>?
    /// When the target has last seen the device; for `verifySeen`, `nil` means never.
    package var seenAt: Timestamp?

    package init(
        device: DeviceTarget?, certificateChain: String? = nil, serviceRoots: String? = nil,
        key: Redacted<String>? = nil, seenAt: Timestamp? = nil
    ) {
        self.device = device
        self.certificateChain = certificateChain
        self.serviceRoots = serviceRoots
        self.key = key
        self.seenAt = seenAt
    }
}
