extension Principal {
    /// The services of a device as its principals show them.
    package struct Services: Equatable, Sendable {
        /// As `ServiceEndpoint` writes them.
        package var endpoints: [String]
        /// By whose word they are believed.
        package var roots: [CertificateSummary]
        /// When the device confirmed that it uses them; `nil` while only the registrar has them on record.
        package var installedAt: Timestamp?

        package init(endpoints: [String], roots: [CertificateSummary], installedAt: Timestamp? = nil) {
            self.endpoints = endpoints
            self.roots = roots
            self.installedAt = installedAt
        }

        /// The root that ends first: with it the services go.
        var root: CertificateSummary? { roots.min { $0.notAfter < $1.notAfter } }

        private var proof: Proof? { installedAt.map { Proof(.confirmedInstallation, at: $0) } }

        /// Where the device connects to, with the issuer and the end of the root that vouches for it.
        var endpointsPrincipal: Principal? {
            guard !endpoints.isEmpty else { return nil }
            return Principal(
                kind: .serviceEndpoints, holder: installedAt == nil ? .registrar : .device, keeping: .store,
                subject: endpoints.joined(separator: Principal.endpointSeparator), issuer: root?.subject,
                notAfter: root?.notAfter, lastProof: proof)
        }

        var rootPrincipal: Principal? {
            guard let root else { return nil }
            return Principal(
                kind: .serviceRootCA, holder: installedAt == nil ? .registrar : .device, keeping: .store,
                subject: root.subject, issuer: root.issuer, notAfter: root.notAfter,
                fingerprint: root.fingerprint, lastProof: proof)
        }
    }

    static let endpointSeparator = ", "
}

extension [Principal] {
    /// The same with what a connection has proven of them: the key pair and the certificate that were used, the endpoint, and
    /// the root where no other could have vouched for it.
    package func proven(by proof: ConnectionProof?) -> [Principal] {
        guard let proof else { return self }
        let provesKey =
            proof.claim != .serviceGenuine && proof.certificate != nil
            && contains { $0.kind == .deviceCertificate && $0.fingerprint == proof.certificate }
        let provesEndpoint = contains {
            $0.kind == .serviceEndpoints
                && $0.subject?.components(Principal.endpointSeparator).contains(proof.endpoint) == true
        }
        return map { principal in
            let isMeant =
                switch principal.kind {
                case .keyPair, .deviceCertificate: provesKey
                case .serviceEndpoints: provesEndpoint
                case .serviceRootCA:
                    provesEndpoint && principal.fingerprint != nil
                        && proof.trust == principal.fingerprint.map { [$0] }
                case .signingCA: false
                }
            guard isMeant, (principal.lastProof?.at ?? proof.provenAt) <= proof.provenAt else {
                return principal
            }
            var proven = principal
            proven.lastProof = Principal.Proof(.connection, at: proof.provenAt)
            return proven
        }
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator).map(String.init)
    }
}
