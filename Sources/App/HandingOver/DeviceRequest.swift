import Credentials
import HandOver
import Model
import Store

/// A device's certificate request, held against its signature and against what is on record.
struct DeviceRequest: Sendable {
    let der: [UInt8]
    let hash: PayloadHash
    let publicKeyHash: PayloadHash
    let keyProof: HandOverRecord.Check
    /// How its key was made, by the word of the device or of the operator.
    let origin: KeyOrigin

    /// Reads what came over the link; the signature is asked for over `nonce`, which is `nil` where the link cannot
    /// ask. `stated`: how the key was made where the device does not say it.
    ///
    /// - Throws: `requestUnreadable`; `clonedIdentity` when the signature does not hold.
    init(
        _ signed: SignedRequest, nonce: [UInt8]?, device: DeviceAnnouncement, stated: KeyOrigin
    ) throws(HandOverError) {
        origin = device.keyOrigin ?? stated
        let request: CertificateRequest
        do throws(CredentialsError) {
            request = try CertificateRequest(Base64.decode(signed.request) ?? [])
        } catch {
            throw .requestUnreadable("it must be a PKCS #10 request in PEM or DER")
        }
        guard request.isSignedByItsKey else {
            throw .requestUnreadable("it must be signed with the key that it names")
        }
        der = request.der
        hash = PayloadHash(digest: Digest.sha256(der))
        publicKeyHash = request.publicKeyHash
        guard let nonce else {
            keyProof = .notChecked
            return
        }
        let message = ProofMessage.request(nonce: nonce, name: device.name, request: hash)
        let signature = signed.signature.flatMap { Base64.decode($0) } ?? []
        guard request.isSigned(message, by: signature) else {
            throw .clonedIdentity(
                device: device.name, reason: "it cannot sign with the key of the request that it shows")
        }
        keyProof = .checked
    }

    /// The request of a key that Muster made.
    init(_ request: CertificateRequest) {
        der = request.der
        hash = PayloadHash(digest: Digest.sha256(request.der))
        publicKeyHash = request.publicKeyHash
        keyProof = .notChecked
        origin = .made
    }

    /// Holds the key against that of the certificate on record.
    ///
    /// - Throws: `clonedIdentity` when another key was certified for the device.
    func compare(with device: StoredDevice) throws(HandOverError) {
        let issued = device.certificateChain.flatMap { try? Certificate.chain(pem: $0).first?.summary }
        guard let known = (device.certificate ?? issued)?.publicKeyHash, known != publicKeyHash else {
            return
        }
        throw .clonedIdentity(
            device: device.identity.displayName,
            reason: "its key is not the one that its certificate on record is for. "
                + "If the device was given a new key on purpose, add --new-key")
    }
}
