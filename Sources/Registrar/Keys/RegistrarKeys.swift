import Credentials
import Model
import Processes
import RegistrarCore

/// Everything secret that a registrar holds, in files of `<directory>/keys`, and what follows from it.
struct RegistrarKeys: Sendable {
    /// Root of all certificates; companions trust it and nothing else.
    var root: Certificate
    /// Issues device and server certificates; its key is the only one in daily use.
    var issuing: CertificateAuthority
    var receipt: SigningKey
    var sealing: SealingKeyPair
    /// Mixed into the hashes of claim codes; 32 bytes.
    var claimCode: Redacted<[UInt8]>

    var receiptKeyID: String {
        get throws(CredentialsError) { Self.keyID(try receipt.publicKey) }
    }
    var sealingKeyID: String {
        get throws(CredentialsError) { Self.keyID(try sealing.publicKey) }
    }

    /// The first 16 hex digits of the public key's SHA-256.
    private static func keyID(_ publicKey: [UInt8]) -> String {
        Hexadecimal.encode(Digest.sha256(publicKey).prefix(8))
    }

    /// Lives of the authorities: a root of 20 years outlives the devices that it vouches for; the one below it 10.
    private static let rootSeconds: Int64 = 20 * 365 * 86_400
    private static let issuingSeconds: Int64 = 10 * 365 * 86_400

    /// Makes all keys and writes them, each file 0600, sealed under the passphrase when one is given.
    ///
    /// The root's key is written too, for a later issuing authority; it can be moved off the machine.
    static func make(
        in directory: String, name: String, environment: RegistrarEnvironment,
        passphrase: SecretBytes?, issuingKey place: KeyPlace, kind: KeyKind?
    ) throws(RegistrarError) -> RegistrarKeys {
        let issuingKey = try IssuingKey.make(kind, at: place, environment)
        let now = environment.now()
        let start = now.advanced(bySeconds: -RegistrarLimits.certificateBackdateSeconds)
        let (root, keys) = try RegistrarError.wrapping {
            () throws(CredentialsError) -> (CertificateAuthority, RegistrarKeys) in
            let root = try CertificateAuthority.makeRoot(
                name: String("\(name) root".prefix(64)), notBefore: start,
                notAfter: now.advanced(bySeconds: rootSeconds))
            let issuing = try root.makeIssuing(
                name: String("\(name) issuing".prefix(64)), key: issuingKey, notBefore: start,
                notAfter: now.advanced(bySeconds: issuingSeconds))
            return (
                root,
                RegistrarKeys(
                    root: root.certificate, issuing: issuing, receipt: try SigningKey.generate(),
                    sealing: try SealingKeyPair.generate(), claimCode: Redacted(environment.random(32)))
            )
        }
        let key = try passphrase.map { (passphrase) throws(RegistrarError) in try KeyFiles.key(passphrase) }
        let files = KeyFiles(directory: directory, passphrase: passphrase)
        let contents = try RegistrarError.wrapping {
            () throws(CredentialsError) -> [(KeyFiles.Name, [UInt8])] in
            [
                (.rootKey, Array(try root.key.pem.unredacted.utf8)),
                (.rootCertificate, Array(try root.certificate.pem.utf8)),
                (.issuingKey, Array(try keys.issuing.key.stored.unredacted.utf8)),
                (.issuingCertificate, Array(try keys.issuing.certificate.pem.utf8)),
                (.receipt, Array(try keys.receipt.pem.unredacted.utf8)),
                (.sealing, try keys.sealing.privateKey.unredacted), (.claimCode, keys.claimCode.unredacted),
            ]
        }
        for (name, bytes) in contents { try files.write(bytes, name, sealedWith: key) }
        return keys
    }

    init(
        root: Certificate, issuing: CertificateAuthority, receipt: SigningKey, sealing: SealingKeyPair,
        claimCode: Redacted<[UInt8]>
    ) {
        self.root = root
        self.issuing = issuing
        self.receipt = receipt
        self.sealing = sealing
        self.claimCode = claimCode
    }

    /// Reads what `make` wrote.
    init(in directory: String, passphrase: SecretBytes?) throws(RegistrarError) {
        var files = KeyFiles(directory: directory, passphrase: passphrase)
        let rootCertificate = try files.read(.rootCertificate)
        let issuingCertificate = try files.read(.issuingCertificate)
        let issuingKey = try files.text(.issuingKey)
        let receiptKey = try files.text(.receipt)
        let sealingKey = Redacted(try files.read(.sealing))
        claimCode = Redacted(try files.read(.claimCode))
        (root, issuing, receipt, sealing) = try RegistrarError.wrapping {
            () throws(CredentialsError) -> (Certificate, CertificateAuthority, SigningKey, SealingKeyPair) in
            (
                try Certificate(rootCertificate),
                try CertificateAuthority(
                    certificate: try Certificate(issuingCertificate),
                    key: try PrivateKey(stored: issuingKey, readPIN: IssuingKey.readPIN)),
                try SigningKey(pem: receiptKey), try SealingKeyPair(privateKey: sealingKey)
            )
        }
    }
}
