import Credentials
import HTTPServer
import Model
import RegistrarCore

/// The certificate that the registrar serves with, and its key.
///
/// A new one is made at each start. Where the issuing key is elsewhere, the last one is kept: a registrar whose TPM or
/// token is away still starts, and goes on receiving operations.
struct ServerIdentity {
    let keys: RegistrarKeys
    var files: KeyFiles
    let now: Timestamp

    /// Life of a certificate: 397 days.
    private static let seconds: Int64 = 397 * 86_400

    mutating func make(for hostNames: [String]) throws(RegistrarError) -> HTTPServer.Identity {
        let made: (certificate: Certificate, key: PrivateKey)
        do throws(CredentialsError) {
            let key = try PrivateKey.generate(.p256)
            made = (
                try keys.issuing.issueServer(
                    key: key, hostNames: hostNames,
                    notBefore: now.advanced(bySeconds: -RegistrarLimits.certificateBackdateSeconds),
                    notAfter: now.advanced(bySeconds: Self.seconds)), key
            )
        } catch {
            guard error.mayPass, let kept = try kept(for: hostNames) else { throw .credentials(error) }
            return kept
        }
        let identity = try RegistrarError.wrapping { () throws(CredentialsError) in
            HTTPServer.Identity(
                certificateChain: try made.certificate.pem + keys.issuing.certificate.pem,
                key: try made.key.pem)
        }
        if keys.issuing.key.place != .file {
            try files.rewrite(Array(identity.key.unredacted.utf8), .serverKey)
            try files.rewrite(Array(identity.certificateChain.utf8), .serverCertificate)
        }
        return identity
    }

    /// The last one, when it holds for the same names and at this time.
    private mutating func kept(for hostNames: [String]) throws(RegistrarError) -> HTTPServer.Identity? {
        guard files.exists(.serverKey), files.exists(.serverCertificate) else { return nil }
        let chain = String(decoding: try files.read(.serverCertificate), as: UTF8.self)
        let key = try files.text(.serverKey)
        return try RegistrarError.wrapping { () throws(CredentialsError) -> HTTPServer.Identity? in
            guard let leaf = try Certificate.chain(pem: chain).first,
                leaf.summary.notBefore <= now, now < leaf.summary.notAfter,
                hostNames.allSatisfy(leaf.holds),
                try PrivateKey(pem: key).publicKeyHash == leaf.summary.publicKeyHash
            else { return nil }
            return HTTPServer.Identity(certificateChain: chain, key: key)
        }
    }
}
