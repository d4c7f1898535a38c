import Credentials
import Model
import RegistrarCore
import RegistrarStore

extension Registrar {
    /// What the store has made while it commits. Certificates point to where their status can be had.
    func workshop(pointingTo addresses: StatusAddresses, issuer: ESTSettings?) -> Workshop {
        let (keys, environment) = (keys, environment)
        return Workshop(
            newDeviceID: { Self.newDeviceID(environment) },
            issue: { order throws(WorkshopError) in
                do throws(CredentialsError) { return try Self.issue(order, keys, addresses) } catch {
                    throw WorkshopError(explanation: error.explanation, mayPass: error.mayPass)
                }
            },
            sign: { receipt throws(WorkshopError) in try Self.sign(receipt, keys) },
            verify: Self.isSigned,
            isSigned: { bytes, signature, chain in
                (try? Certificate.chain(pem: chain).first)??.isSigned(bytes, by: signature) ?? false
            }, claimCodeKey: keys.claimCode, externalIssuer: issuer?.url.rawValue)
    }

    static func newDeviceID(_ environment: RegistrarEnvironment) -> DeviceID {
        DeviceID(trusted: "d-" + Hexadecimal.encode(environment.random(10)))
    }

    private static func issue(
        _ order: CertificateOrder, _ keys: RegistrarKeys, _ addresses: StatusAddresses
    ) throws(CredentialsError) -> IssuedCertificate {
        let certificate = try keys.issuing.certify(
            try CertificateRequest(order.request), commonName: order.commonName, uris: [order.uri],
            addresses: addresses, notBefore: order.notBefore, notAfter: order.notAfter)
        return IssuedCertificate(
            summary: certificate.summary,
            chain: certificate.pem + (try keys.issuing.certificate.pem + keys.root.pem))
    }

    private static func sign(_ receipt: Receipt, _ keys: RegistrarKeys) throws(WorkshopError) -> String {
        let payload: [UInt8]
        do { payload = try CanonicalJSON.encode(receipt) } catch {
            throw WorkshopError(explanation: Problem(.unavailable).explanation)
        }
        do throws(CredentialsError) {
            return try JWS.sign(
                payload, with: keys.receipt, keyID: try keys.receiptKeyID, type: Receipt.type)
        } catch { throw WorkshopError(explanation: error.explanation) }
    }

    /// What a certificate request says; `nil` when it cannot be read.
    static func facts(of provision: OperationBody.Provision) -> CertificateRequestFacts? {
        guard let bytes = provision.certificateRequest.flatMap(Base64.decode),
            let request = try? CertificateRequest(bytes)
        else { return nil }
        var names: [AlternativeName] = request.uris.map { .uri($0) }
        names += request.dnsNames.map { .dns($0) }
        names += (0..<request.otherNames).map { _ in .other("another kind of name") }
        return CertificateRequestFacts(
            key: request.keyKind, commonName: request.commonName, alternativeNames: names,
            publicKeyHash: request.publicKeyHash, isSignatureValid: request.isSignedByItsKey)
    }

    /// The secrets of a label; `nil` when the claim has none or they were not sealed for this registrar and operation.
    func secrets(of claim: OperationBody.Claim, _ id: OperationID) -> LabelSecretFields? {
        guard let box = claim.sealedSecrets, let key = Base64.decodeURL(box.encapsulatedKey),
            let ciphertext = Base64.decodeURL(box.ciphertext),
            let plain = try? HPKE.open(
                HPKE.Sealed(encapsulatedKey: key, ciphertext: ciphertext), with: keys.sealing,
                info: Array(SealedBox.labelSecretsInfo.utf8), associatedData: Array(id.rawValue.utf8)),
            let fields = try? CanonicalJSON.decode([String: String].self, from: plain)
        else { return nil }
        return LabelSecretFields(Redacted(fields))
    }
}
