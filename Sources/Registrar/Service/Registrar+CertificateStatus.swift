import Credentials
package import Model
import RegistrarCore
import RegistrarStore
import Synchronization
import Wire

/// The signer that answers questions about the status of certificates; it is replaced in time.
final class StatusDesk: Sendable {
    private let current = Mutex<StatusSigner?>(nil)

    func signer(
        for authority: CertificateAuthority, at now: Timestamp
    ) throws(CredentialsError) -> StatusSigner {
        if let signer = current.withLock({ $0 }), !signer.isDue(at: now) { return signer }
        let made = try StatusSigner.make(
            for: authority, at: now, backdateSeconds: RegistrarLimits.certificateBackdateSeconds)
        current.withLock { $0 = made }
        return made
    }
}

extension Registrar {
    /// Answers a question about certificates that the registrar's authority issued. What is wrong with a question is said in
    /// the protocol's own words, which are a 200 answer too. Source: RFC 6960, appendix A.
    func certificateStatus(_ question: [UInt8]) async throws(RequestFailure) -> APIResponse {
        do throws(CredentialsError) {
            guard let request = try? StatusRequest(question) else {
                return Self.answer(try StatusSigner.refusal(.malformedRequest))
            }
            let numbers = request.serialNumbers(of: keys.issuing.certificate)
            guard let known = try? await store.certificateStatuses(Set(numbers.compactMap { $0 })) else {
                return Self.answer(try StatusSigner.refusal(.internalError))
            }
            let statuses = numbers.map { number in number.flatMap { known[$0] } ?? .unknown }
            let now = environment.now()
            let signer = try statusDesk.signer(for: keys.issuing, at: now)
            return Self.answer(
                try signer.answer(
                    request, with: statuses, at: now,
                    until: now.advanced(bySeconds: RegistrarLimits.certificateStatusSeconds)))
        } catch { throw RequestFailure(Problem(.unavailable, detail: error.explanation.what)) }
    }

    private static func answer(_ der: [UInt8]) -> APIResponse {
        APIResponse(status: 200, contentType: "application/ocsp-response", body: der)
    }

    /// Where certificates that are issued from now on say that their status can be had; `nil` when there is no such place.
    package func publicURL() async throws(RegistrarError) -> PublicURL? {
        do { return try await store.publicURL() } catch { throw .store(error) }
    }

    package func setPublicURL(_ url: PublicURL?) async throws(RegistrarError) {
        let actor = Self.localAdministrator.operatorID
        do { try await store.setPublicURL(url, by: actor, at: environment.now()) } catch {
            throw .store(error)
        }
    }

    /// What certificates are to say of their status.
    static func addresses(below url: PublicURL?) -> StatusAddresses {
        guard let url else { return StatusAddresses() }
        func address(_ route: Route) -> [String] { [url.appending(route.request().path).rawValue] }
        return StatusAddresses(
            revocationLists: address(.revocationList), responders: address(.certificateStatus),
            issuers: address(.issuingCertificate))
    }

    /// What an administrator wants to know of the registrar as a whole.
    package struct Standing: Equatable, Encodable, Sendable {
        package var registrar: RegistrarID
        package var name: String
        package var publicURL: PublicURL?
        /// The authority outside that issues to devices, spoken to by EST; `nil` when the one below does.
        package var externalIssuer: PublicURL?
        /// The registrar's own authority.
        package var issuer: String
        package var issuerNotAfter: Timestamp
        /// Where the authority's key is: `in a file`, or in which TPM or token.
        package var issuingKey: String
        /// Why it cannot sign now; `nil` when it can.
        package var issuingKeyFault: Fault?
        package var rootFingerprint: PayloadHash
        package var certificatesIssued: Int
        package var certificatesRevoked: Int
        package var isIssuingKeyInFile: Bool { issuingKey == KeyPlace.file.description }
        /// What is wrong with targets and clocks, in sentences.
        package var warnings: [String]

        /// An explanation in JSON.
        package struct Fault: Equatable, Encodable, Sendable {
            package var id: String
            package var what: String
            package var nextStep: String

            init(_ explanation: Explanation) {
                id = explanation.id
                what = "\(explanation.what)"
                nextStep = "\(explanation.nextStep)"
            }
        }
    }

    /// Has the issuing key sign something of no use to anybody.
    private var issuingKeyFault: Standing.Fault? {
        do throws(CredentialsError) {
            _ = try keys.issuing.key.sign(Array("muster asks whether this key signs".utf8))
            return nil
        } catch { return Standing.Fault(error.explanation) }
    }

    package func standing() async throws(RegistrarError) -> Standing {
        let warnings = try await targetWarnings()
        do throws(RegistrarStoreError) {
            let counts = try await store.certificateCounts()
            return Standing(
                registrar: registrar, name: name, publicURL: try await store.publicURL(),
                externalIssuer: try await store.externalIssuer()?.url,
                issuer: keys.issuing.certificate.summary.subject,
                issuerNotAfter: keys.issuing.certificate.summary.notAfter,
                issuingKey: keys.issuing.key.place.description, issuingKeyFault: issuingKeyFault,
                rootFingerprint: keys.root.summary.fingerprint, certificatesIssued: counts.issued,
                certificatesRevoked: counts.revoked, warnings: warnings)
        } catch { throw .store(error) }
    }
}
