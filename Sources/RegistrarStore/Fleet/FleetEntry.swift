package import Model

/// A piece of work about a fleet at a target, as the registrar keeps it.
package struct FleetEntry: Equatable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        /// Making an authority known in an account.
        case authority
        /// Registering many devices by one task.
        case bulk
        /// Handing a device's certificate to another account.
        case transfer
        /// Letting a device in with its maker's certificate.
        case lobby
    }

    package enum State: String, Codable, Sendable {
        case open, done, refused
    }

    package var number: Int
    package var kind: Kind
    package var target: TargetID
    /// What it is about: a certificate's fingerprint, a file, a device.
    package var subject: String
    package var state: State
    /// The work itself in JSON, free of secrets.
    package var work: String
    /// What was said of it last.
    package var said: String?
    package var openedAt: Timestamp
    package var changedAt: Timestamp
}
