/// A device as a registrar's record of it stands now; what the delta feed carries and `device show` prints.
package struct DeviceRecord: Codable, Equatable, Sendable {
    package enum State: String, Codable, CaseIterable, Sendable {
        /// On a delivery list, owned by nobody yet.
        case listed
        case claimed
        /// Claimed and holding a certificate.
        case provisioned
    }

    package var deviceID: DeviceID
    package var identifiers: [DeviceIdentifier]
    package var identity: DeviceIdentity
    package var state: State
    package var tenant: TenantID?
    package var site: SiteID?
    package var position: String?
    package var certificate: CertificateSummary?
    /// Where it is provisioned; `nil` while it is nowhere but with the registrar's own authority.
    package var target: DeviceTarget?
    /// Grows by one with every change; the ETag of the device.
    package var version: Int
    package var updatedAt: Timestamp

    package init(
        deviceID: DeviceID, identifiers: [DeviceIdentifier], identity: DeviceIdentity, state: State,
        tenant: TenantID? = nil, site: SiteID? = nil, position: String? = nil,
        certificate: CertificateSummary? = nil, target: DeviceTarget? = nil, version: Int,
        updatedAt: Timestamp
    ) {
        self.deviceID = deviceID
        self.identifiers = identifiers
        self.identity = identity
        self.state = state
        self.tenant = tenant
        self.site = site
        self.position = position
        self.certificate = certificate
        self.target = target
        self.version = version
        self.updatedAt = updatedAt
    }
}

/// What is worth knowing of a device certificate without reading it.
package struct CertificateSummary: Codable, Equatable, Sendable {
    package var subject: String
    package var issuer: String
    /// Hex digits of the certificate serial number.
    package var serialNumber: String
    /// SHA-256 of the DER form, 64 hex digits.
    package var fingerprint: PayloadHash
    /// SHA-256 of the SubjectPublicKeyInfo, 64 hex digits; a key used by two devices shows here.
    package var publicKeyHash: PayloadHash
    package var notBefore: Timestamp
    package var notAfter: Timestamp

    package init(
        subject: String, issuer: String, serialNumber: String, fingerprint: PayloadHash,
        publicKeyHash: PayloadHash, notBefore: Timestamp, notAfter: Timestamp
    ) {
        self.subject = subject
        self.issuer = issuer
        self.serialNumber = serialNumber
        self.fingerprint = fingerprint
        self.publicKeyHash = publicKeyHash
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
