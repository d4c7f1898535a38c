internal import Credentials
internal import HandOver
package import Model

extension SimulatedDevice {
    /// Checks a bundle with a symmetric key: is it the one that the manifest means, and is it said where it belongs?
    func checkSymmetric(_ bundle: PrincipalsBundle) throws -> Answer.Refusal? {
        guard try disk.keys.mayBeSymmetric || disk.active() == bundle.id else {
            return Answer.Refusal(.certificateUnfit, "the device takes no symmetric key")
        }
        guard let key = SymmetricKeyProof.key(ofPart: bundle.parts[.symmetricKey] ?? []),
            SymmetricKeyProof.mark(of: key, digest: Digest.sha256) == bundle.manifest.publicKeyHash
        else { return Answer.Refusal(.certificateUnfit, "the symmetric key is not the one of the manifest") }
        guard bundle.parts[.connection] != nil else {
            return Answer.Refusal(.certificateUnfit, "nothing says where the symmetric key is for")
        }
        return nil
    }

    /// The key of a bundle that is for use; `nil` for one with a certificate.
    func symmetricKey(of bundle: PayloadHash) throws -> Redacted<[UInt8]>? {
        try disk.part(.symmetricKey, .bundles, bundle).flatMap(SymmetricKeyProof.key)
    }

    /// The symmetric key in use, base64; `nil` for a device that works with a certificate or with nothing.
    package func symmetricKey() throws -> Redacted<String>? {
        guard let active = try disk.active() else { return nil }
        return try symmetricKey(of: active).map { Redacted(Base64.encode($0.unredacted)) }
    }

    /// The hub that the device was told of, where no service assigns one: by a symmetric key none but a hub lets anybody in;
    /// of other endpoints somebody has to know that they are hubs.
    package func toldPlace(isHub: Bool) throws -> CloudPlace? {
        guard let active = try disk.active(), let bundle = try disk.bundle(.bundles, active),
            isHub || bundle.parts[.symmetricKey] != nil, let connection = try Self.connection(bundle),
            let endpoint = connection.endpoint.flatMap({ ServiceEndpoint($0) })
        else { return nil }
        return CloudPlace(hub: endpoint.host, deviceID: connection.name)
    }
}
