import AWSIoT
import Credentials
package import Model
import RegistrarCore
import RegistrarStore
import TargetCore
import Targets

/// The registrar's issuing authority, made known in accounts of AWS.
extension Registrar {
    package struct FleetAuthority: Codable, Equatable, Sendable {
        package var certificateID: String
        package var status: String
        package var mode: String
        /// Whether certificates of it register themselves with their first connection.
        package var registersItself: Bool
        package var template: String?
        /// Whether it is the one that this registrar issues with.
        package var isOwn: Bool
    }

    /// How an authority is made known.
    package struct AuthorityWish: Equatable, Sendable {
        /// No proof of the key, for devices that name their endpoint; the authority may then stand in several accounts.
        package var isByNameOnly = false
        package var registersItself = false
        /// The template that devices are provisioned by when they first connect.
        package var template: String?

        package init(isByNameOnly: Bool = false, registersItself: Bool = false, template: String? = nil) {
            self.isByNameOnly = isByNameOnly
            self.registersItself = registersItself
            self.template = template
        }
    }

    /// Makes the issuing authority known in an account, with the proof that its key is here. Its id there.
    ///
    /// A target that has its devices' certificates issued by a registered authority learns which one it is.
    package func registerAuthority(
        at target: TargetID, _ wish: AuthorityWish
    ) async throws(RegistrarError) -> String {
        try await fleetwise {
            let (line, settings) = try await awsLine(to: target)
            if let template = wish.template {
                _ = try await ask(
                    AWSCalls.describeProvisioningTemplate(template), over: line, about: "template \(template)"
                )
            }
            let pem = try keys.issuing.certificate.pem
            let fresh = AuthorityRegistration(
                authorityPEM: pem, isByNameOnly: wish.isByNameOnly,
                registersItself: wish.registersItself || wish.template != nil,
                config: wish.template.map { AWSRegistrationConfig(templateName: $0) })
            let entry = try await store.openFleetWork(
                .authority, at: target, about: keys.issuing.certificate.summary.fingerprint.rawValue,
                try CanonicalJSON.text(fresh), by: Self.localAdministrator.operatorID, at: environment.now())
            var registration = try CanonicalJSON.decode(
                AuthorityRegistration.self, from: Array(entry.work.utf8))
            let (keys, environment) = (keys, environment)
            try await perform(
                &registration, in: entry, from: line,
                until: environment.now().advanced(bySeconds: Self.fleetSeconds),
                signing: { try Self.verification(of: $0, by: keys.issuing, environment.now()) })
            let id = registration.certificateID ?? ""
            try await end(entry, .done, saying: "It is registered.")
            try await name(pem, at: target, settings)
            return id
        }
    }

    /// A certificate that proves to hold the authority's key: its common name is the account's code.
    private static func verification(
        of code: String, by authority: CertificateAuthority, _ now: Timestamp
    ) throws -> String {
        let request = try CertificateRequest.create(key: try PrivateKey.generate(.p256), commonName: code)
        return try authority.issueDevice(
            for: request, commonName: code, notBefore: now.advanced(bySeconds: -verificationSlackSeconds),
            notAfter: now.advanced(bySeconds: verificationSeconds)
        ).pem
    }

    private static let verificationSlackSeconds: Int64 = 3600
    private static let verificationSeconds: Int64 = 86_400

    private func name(_ pem: String, at target: TargetID, _ settings: AWSSettings) async throws {
        guard settings.issuer == .authority, settings.authorityCertificate == nil,
            var whole = try await self.settings(of: target)
        else { return }
        var named = settings
        named.authorityCertificate = pem
        whole.cloud = .aws(named)
        try await put(target, whole, TargetSecrets(), replacing: true)
    }

    package func fleetAuthorities(of target: TargetID) async throws(RegistrarError) -> [FleetAuthority] {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            let own = keys.issuing.certificate.summary.fingerprint.rawValue
            var (found, marker): ([FleetAuthority], String?) = ([], nil)
            repeat {
                let page = try await read(
                    AWSReplies.Certificates.self, AWSCalls.listCACertificates(marker: marker), over: line)
                for id in (page.certificates ?? []).compactMap(\.certificateId) {
                    let described = try await read(
                        AWSReplies.AuthorityDescription.self, AWSCalls.describeCACertificate(id), over: line)
                    let authority = described.certificateDescription
                    found.append(
                        FleetAuthority(
                            certificateID: id, status: authority?.status ?? "",
                            mode: authority?.certificateMode ?? "",
                            registersItself: authority?.autoRegistrationStatus == "ENABLE",
                            template: described.registrationConfig?.templateName, isOwn: id == own))
                }
                marker = page.nextMarker
            } while marker != nil && found.count < Self.limitListed
            return found
        }
    }

    /// Makes an authority unknown in an account. Certificates of it that are registered there stay.
    package func removeAuthority(_ id: String, at target: TargetID) async throws(RegistrarError) {
        try await fleetwise {
            let (line, _) = try await awsLine(to: target)
            _ = try await ask(
                AWSCalls.updateCACertificate(id, to: .inactive), over: line, about: "authority \(id)")
            _ = try await ask(AWSCalls.deleteCACertificate(id), over: line)
            try await store.noteFleet(
                "authority_removed", by: Self.localAdministrator.operatorID, about: id,
                ["target": target.rawValue], at: environment.now())
        }
    }
}
