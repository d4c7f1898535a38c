/// How devices of an entry prove themselves, with what they are held against. Source: DPS REST API
/// 2021-10-01.
package struct AttestationMechanism: Codable, Equatable, Sendable {
    package var type: AttestationType
    package var tpm: TPM?
    package var x509: X509?
    /// Absent in what is sent: the service makes the keys. Absent in what is read: it does not show them.
    package var symmetricKey: SymmetricKeys?

    package init(
        type: AttestationType, tpm: TPM? = nil, x509: X509? = nil, symmetricKey: SymmetricKeys? = nil
    ) {
        self.type = type
        self.tpm = tpm
        self.x509 = x509
        self.symmetricKey = symmetricKey
    }

    package struct TPM: Codable, Equatable, Sendable {
        /// A marshalled TPM2B_PUBLIC in base64, size included.
        package var endorsementKey: String
        package var storageRootKey: String?

        package init(endorsementKey: String, storageRootKey: String? = nil) {
            self.endorsementKey = endorsementKey
            self.storageRootKey = storageRootKey
        }
    }

    /// Two keys of which either lets a device in. Secret: never kept in a journal.
    package struct SymmetricKeys: Codable, Equatable, Sendable, CustomStringConvertible {
        package var primaryKey: String?
        package var secondaryKey: String?

        package init(primaryKey: String?, secondaryKey: String?) {
            self.primaryKey = primaryKey
            self.secondaryKey = secondaryKey
        }

        package var description: String { "‹redacted›" }
    }

    package struct X509: Codable, Equatable, Sendable {
        /// Certificates of the device itself.
        package var clientCertificates: Certificates?
        /// Certificates of whoever issues, in groups.
        package var signingCertificates: Certificates?
        /// Names of CA certificates that were uploaded to the service.
        package var caReferences: References?

        package init(
            clientCertificates: Certificates? = nil, signingCertificates: Certificates? = nil,
            caReferences: References? = nil
        ) {
            self.clientCertificates = clientCertificates
            self.signingCertificates = signingCertificates
            self.caReferences = caReferences
        }
    }

    package struct Certificates: Codable, Equatable, Sendable {
        package var primary: Certificate?
        package var secondary: Certificate?

        package init(primary: Certificate?, secondary: Certificate? = nil) {
            self.primary = primary
            self.secondary = secondary
        }
    }

    package struct Certificate: Codable, Equatable, Sendable {
        /// PEM; answers usually leave it out.
        package var certificate: String?
        /// Filled in by the service, never sent.
        package var info: CertificateInfo?

        package init(certificate: String?, info: CertificateInfo? = nil) {
            self.certificate = certificate
            self.info = info
        }
    }

    package struct References: Codable, Equatable, Sendable {
        package var primary: String?
        package var secondary: String?

        package init(primary: String?, secondary: String? = nil) {
            self.primary = primary
            self.secondary = secondary
        }
    }

    package struct CertificateInfo: Codable, Equatable, Sendable {
        package var subjectName: String?
        package var sha1Thumbprint: String?
        package var sha256Thumbprint: String?
        package var issuerName: String?
        package var notBeforeUtc: String?
        package var notAfterUtc: String?
        package var serialNumber: String?
        package var version: Int?

        package init(
            subjectName: String? = nil, sha1Thumbprint: String? = nil, sha256Thumbprint: String? = nil,
            issuerName: String? = nil, notBeforeUtc: String? = nil, notAfterUtc: String? = nil,
            serialNumber: String? = nil, version: Int? = nil
        ) {
            self.subjectName = subjectName
            self.sha1Thumbprint = sha1Thumbprint
            self.sha256Thumbprint = sha256Thumbprint
            self.issuerName = issuerName
            self.notBeforeUtc = notBeforeUtc
            self.notAfterUtc = notAfterUtc
            self.serialNumber = serialNumber
            self.version = version
        }
    }
}

extension AttestationMechanism.SymmetricKeys: CustomReflectable {
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
