import CommandTable
import Credentials
import HandOver
import Model
import Store

/// What a receipt brought, made into what a device is given.
struct HandOverBundle: Sendable {
    let bundle: PrincipalsBundle
    private let confirmer: Confirmer

    /// By what the device confirms.
    private enum Confirmer {
        /// The key of its own certificate.
        case certificate(Certificate)
        case symmetricKey(Redacted<[UInt8]>)
    }

    /// - Throws: `CommandFailure` when the chain is not for the device's key or leads to no root.
    init(
        chain pem: String, record: HandOverRecord, operation: OperationID, device: DeviceAnnouncement,
        registrar: RegistrarProfile, services: HandOverServices, key given: PrivateKey?, at now: Timestamp
    ) throws {
        let chain = try Certificate.chain(pem: pem)
        guard let leaf = chain.first, let key = record.publicKeyHash, leaf.summary.publicKeyHash == key else {
            throw CommandFailure(
                .badInput, "certificate_of_another_key",
                "Nothing was handed over: the certificate of \(device.name) is for another key.",
                "Hand over again, so that a certificate is issued for the key that the device has now.")
        }
        confirmer = .certificate(leaf)
        let (authorities, roots) = try Self.sorted(chain.dropFirst(), registrar)
        let isTargets = services.connection != nil && Self.isForeign(leaf, to: authorities + roots)
        if !isTargets {
            try Certificate.verifyChain(leaf: leaf, intermediates: authorities, roots: roots, at: now)
        }
        var parts: [BundleManifest.PartName: [UInt8]] = [
            .certificate: Self.bytes(try ([leaf] + authorities).map { try $0.pem }),
            .trust: Self.bytes(try (services.roots + roots).uniqued().map { try $0.pem }),
        ]
        if let file = services.file { parts[.endpoint] = try CanonicalJSON.encode(file) }
        if var connection = services.connection, device.takesConnection == true {
            connection.issuedThere = isTargets ? true : nil
            parts[.connection] = try CanonicalJSON.encode(connection)
        }
        if let given { parts[.privateKey] = Array(try given.pem.unredacted.utf8) }
        bundle = try PrincipalsBundle(
            operation: operation, deviceName: device.name, publicKeyHash: key,
            nonce: Base64.decodeURL(record.nonce) ?? [], parts: parts, digest: Digest.sha256)
    }

    /// With a symmetric key of the device's target in place of a certificate.
    ///
    /// - Throws: `CommandFailure` for a key that is none.
    init(
        symmetricKey text: Redacted<[UInt8]>, record: HandOverRecord, operation: OperationID,
        device: DeviceAnnouncement, registrar: RegistrarProfile, services: HandOverServices
    ) throws {
        guard let key = SymmetricKeyProof.key(ofPart: text.unredacted), let mark = record.publicKeyHash else {
            throw CommandFailure(
                .badInput, "symmetric_key_unreadable",
                "Nothing was handed over: the key that came for \(device.name) is none of 16 to 64 bytes in base64.",
                "Have another made with `muster commission --symmetric-key`.")
        }
        confirmer = .symmetricKey(key)
        let roots = try registrar.certificateAuthority.map { try Certificate.chain(pem: $0) } ?? []
        var parts: [BundleManifest.PartName: [UInt8]] = [
            .symmetricKey: text.unredacted,
            .trust: Self.bytes(try (services.roots + roots).uniqued().map { try $0.pem }),
        ]
        if let file = services.file { parts[.endpoint] = try CanonicalJSON.encode(file) }
        if let connection = services.connection { parts[.connection] = try CanonicalJSON.encode(connection) }
        bundle = try PrincipalsBundle(
            operation: operation, deviceName: device.name, publicKeyHash: mark,
            nonce: Base64.decodeURL(record.nonce) ?? [], parts: parts, digest: Digest.sha256)
    }

    /// Roots are their own issuers; a chain without one gets the registrar's.
    private static func sorted(
        _ chain: ArraySlice<Certificate>, _ registrar: RegistrarProfile
    ) throws -> (authorities: [Certificate], roots: [Certificate]) {
        let roots = chain.filter { $0.summary.subject == $0.summary.issuer }
        let authorities = chain.filter { $0.summary.subject != $0.summary.issuer }
        guard roots.isEmpty, let authority = registrar.certificateAuthority else {
            return (Array(authorities), Array(roots))
        }
        return (Array(authorities), try Certificate.chain(pem: authority))
    }

    /// Whether somebody else issued it than the authorities that came along, as a target does: then the signed receipt alone
    /// vouches for it.
    private static func isForeign(_ leaf: Certificate, to authorities: [Certificate]) -> Bool {
        !authorities.contains { $0.summary.subject == leaf.summary.issuer }
    }

    private static func bytes(_ pems: [String]) -> [UInt8] { Array(pems.joined().utf8) }

    /// Whether the device's proof holds: the bundle, every byte of it, over this nonce, signed with the
    /// certified key, or with the symmetric one.
    func isProven(by proof: InstallationProof, nonce: [UInt8], name: String) -> Bool {
        guard proof.bundle == bundle.id, proof.nonce == Base64.encodeURL(nonce),
            proof.contents == bundle.contents(nonce: nonce, digest: Digest.sha256),
            let signature = Base64.decode(proof.signature)
        else { return false }
        let message = ProofMessage.confirmation(
            nonce: nonce, name: name, bundle: bundle.id, contents: proof.contents)
        return switch confirmer {
        case .certificate(let leaf): leaf.isSigned(message, by: signature)
        case .symmetricKey(let key):
            Digest.hmacSHA256(key: key.unredacted, message) == signature
        }
    }
}
