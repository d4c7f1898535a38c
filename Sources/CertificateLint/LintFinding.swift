package import Model

/// One thing that is wrong, or may be.
package struct LintFinding: Codable, Equatable, Sendable {
    package enum Severity: String, Codable, Sendable {
        /// It will be refused or will not work.
        case error
        /// It works today, or with some.
        case warning
    }

    package var severity: Severity
    package var code: LintCode
    /// Which certificate or request of the file it is about, from 1; `nil` for the file as a whole.
    package var item: Int?
    package var cause: String
    package var fix: String

    init(_ severity: Severity, _ code: LintCode, item: Int? = nil, _ cause: String) {
        self.severity = severity
        self.code = code
        self.item = item.map { $0 + 1 }
        self.cause = cause
        fix = code.fix
    }
}

/// What the linter holds the facts against.
package struct LintPolicy: Equatable, Sendable {
    /// The device that the file should be of; `nil` when that is not known.
    package var device: DeviceNames?
    /// Which devices have used which keys, by SHA-256 of the SubjectPublicKeyInfo. The device at hand is not among them.
    package var keyOwners: [PayloadHash: String]
    /// Whether roots were named, so that a chain must lead to one of them.
    package var hasRoots: Bool
    /// A moment that has passed for certain, such as the registrar's last word or the newest file here.
    package var earliestNow: Timestamp?
    /// How many days from now a certificate should be good for.
    package var days: Int
    /// What was learned of certificates' status, by their fingerprint.
    package var standings: [PayloadHash: [CertificateStanding]] = [:]

    /// A device is visited about once a year; 30 days are time enough to plan another visit.
    package static let usualDays = 30

    package init(
        device: DeviceNames? = nil, keyOwners: [PayloadHash: String] = [:], hasRoots: Bool = false,
        earliestNow: Timestamp? = nil, days: Int = usualDays
    ) {
        self.device = device
        self.keyOwners = keyOwners
        self.hasRoots = hasRoots
        self.earliestNow = earliestNow
        self.days = days
    }
}
