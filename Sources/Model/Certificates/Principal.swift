/// One of the five things that make a device trusted: who has it, where it is kept, how long it is good, and what proves it.
package struct Principal: Codable, Equatable, Sendable {
    package enum Kind: String, Codable, CaseIterable, Sendable {
        case keyPair, deviceCertificate, serviceEndpoints, signingCA, serviceRootCA
    }

    /// Who has it.
    package enum Holder: String, Codable, Sendable {
        case device, registrar
    }

    /// Where a copy can be had now.
    package enum Keeping: String, Codable, Sendable {
        /// The device alone; how it keeps it is not known here.
        case device
        /// The store of this tablet or desk.
        case store
        case registrar
    }

    /// What has shown that it works, and when.
    package struct Proof: Codable, Equatable, Sendable {
        package enum Way: String, Codable, Sendable {
            /// The device signed its certificate request with the key, and the registrar took it.
            case signedRequest
            /// The device signed for what was handed over to it, which is in use there.
            case confirmedInstallation
            /// A service took the certificate, shown with its key.
            case connection
        }

        package var way: Way
        package var at: Timestamp

        package init(_ way: Way, at: Timestamp) {
            self.way = way
            self.at = at
        }
    }

    package var kind: Kind
    /// `nil` when the principal is not on record.
    package var holder: Holder?
    package var keeping: Keeping?
    package var subject: String?
    package var issuer: String?
    package var notAfter: Timestamp?
    /// SHA-256 of the certificate, or of the public key for the key pair.
    package var fingerprint: PayloadHash?
    /// `nil` while it is not proven.
    package var lastProof: Proof?

    package init(
        kind: Kind, holder: Holder? = nil, keeping: Keeping? = nil, subject: String? = nil,
        issuer: String? = nil, notAfter: Timestamp? = nil, fingerprint: PayloadHash? = nil,
        lastProof: Proof? = nil
    ) {
        self.kind = kind
        self.holder = holder
        self.keeping = keeping
        self.subject = subject
        self.issuer = issuer
        self.notAfter = notAfter
        self.fingerprint = fingerprint
        self.lastProof = lastProof
    }
}

extension Principal {
    /// The five of a device, from its certificate and what came with it.
    ///
    /// `chain`: the certificates in their order, when this store has them, the device's first. `certifiedAt`: when the
    /// registrar took the request for it, as a receipt says; `nil` when none is here. `installedAt`: when the device confirmed
    /// that it uses this certificate and the root that came with it. `services`: what it connects to; the root of the
    /// registrar stands for theirs where none are known.
    package static func all(
        certificate: CertificateSummary?, chain: [CertificateSummary], certifiedAt: Timestamp?,
        installedAt: Timestamp? = nil, services: Services? = nil
    ) -> [Principal] {
        let own = certificate ?? chain.first
        let endpoints = services?.endpointsPrincipal ?? Principal(kind: .serviceEndpoints)
        guard let own else {
            return [
                Principal(kind: .keyPair), Principal(kind: .deviceCertificate), endpoints,
                Principal(kind: .signingCA), services?.rootPrincipal ?? Principal(kind: .serviceRootCA),
            ]
        }
        let installed = installedAt.map { Proof(.confirmedInstallation, at: $0) }
        let keeping: Keeping = chain.isEmpty ? .registrar : .store
        let signing =
            chain.count > 1
            ? authority(.signingCA, chain[1])
            : Principal(kind: .signingCA, holder: .registrar, keeping: .registrar, subject: own.issuer)
        var root = chain.last.flatMap { last in
            chain.count > 1 && last.subject == last.issuer ? authority(.serviceRootCA, last) : nil
        }
        root?.lastProof = installed
        return [
            Principal(
                kind: .keyPair, holder: .device, keeping: .device, fingerprint: own.publicKeyHash,
                lastProof: installed ?? certifiedAt.map { Proof(.signedRequest, at: $0) }),
            Principal(
                kind: .deviceCertificate, holder: .device, keeping: keeping, subject: own.subject,
                issuer: own.issuer, notAfter: own.notAfter, fingerprint: own.fingerprint,
                lastProof: installed),
            endpoints, signing, services?.rootPrincipal ?? root ?? Principal(kind: .serviceRootCA),
        ]
    }

    private static func authority(_ kind: Kind, _ certificate: CertificateSummary) -> Principal {
        Principal(
            kind: kind, holder: .registrar, keeping: .store, subject: certificate.subject,
            issuer: certificate.issuer, notAfter: certificate.notAfter,
            fingerprint: certificate.fingerprint)
    }
}
