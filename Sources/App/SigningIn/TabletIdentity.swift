import Credentials
import HTTPClient
import Model
import Store

/// The key of this tablet, by which a registrar knows it again: a certificate of no authority's, which says no more than
/// that its key is here. Source: RFC 8705, section 2.2. TLS libraries refuse the certificate of an authority in its place,
/// since its key may not sign handshakes.
enum TabletIdentity {
    /// Its life: the registrar compares it and reads nothing in it.
    private static let seconds: Int64 = 20 * 365 * 86_400

    /// Makes one for a registrar, where there is none.
    static func prepare(
        _ companion: Companion, for registrar: RegistrarID
    ) async throws -> StoredTabletIdentity {
        if let known = try await companion.store.tabletIdentity(registrar) { return known }
        let now = companion.surroundings.now()
        let (start, end) = (now.advanced(bySeconds: -86_400), now.advanced(bySeconds: seconds))
        let key = try PrivateKey.generate(.p256)
        // Its authority is forgotten at once: it can make no second one, and nobody believes it.
        let authority = try CertificateAuthority.makeRoot(
            name: "Muster tablet", notBefore: start, notAfter: end)
        let certificate = try authority.issueDevice(
            for: try CertificateRequest.create(key: key, commonName: "Muster tablet"),
            commonName: "Muster tablet", uris: ["urn:muster:tablet"], notBefore: start, notAfter: end)
        return try await companion.store.keepTabletIdentity(
            StoredTabletIdentity(certificate: try certificate.pem, privateKey: try key.pem),
            for: registrar, at: now)
    }
}
