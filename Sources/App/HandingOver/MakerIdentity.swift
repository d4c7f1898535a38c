import CommandTable
import Credentials
import HandOver
import Model

/// What a device's maker says of it: its IDevID, held against the maker's root, the scanned label and the device's own
/// signature. Source: IEEE 802.1AR.
struct MakerIdentity {
    private let leaf: Certificate
    private let device: String

    static let option = Command.Option(
        "idevid-root", .value("FILE"),
        "The root of the device's maker: the device has to prove by its IDevID that it is the one on the label",
        isFile: true)

    /// The roots that the command line names; `nil` when nothing is demanded.
    static func roots(_ invocation: Invocation) throws -> [Certificate]? {
        guard let path = invocation.value("idevid-root") else { return nil }
        let bytes = try InputFile.bytes(path, limit: Certificate.limitBytes)
        return try Certificate.chain(pem: String(decoding: bytes, as: UTF8.self))
    }

    /// - Throws: `identityRefused` when there is none, its chain does not lead to a root, or its serial number is another
    ///   than the label's.
    init(
        _ announcement: DeviceAnnouncement, roots: [Certificate], scanned: DeviceIdentity, at now: Timestamp
    ) throws(HandOverError) {
        device = scanned.displayName
        var chain: [Certificate] = []
        for text in announcement.idevid ?? [] {
            do throws(CredentialsError) { chain.append(try Certificate(Base64.decode(text) ?? [])) } catch {
                throw .identityRefused(device: device, reason: "a certificate cannot be read")
            }
        }
        guard let leaf = chain.first else {
            throw .identityRefused(device: device, reason: "the device shows none")
        }
        do throws(CredentialsError) {
            try Certificate.verifyChain(
                leaf: leaf, intermediates: Array(chain.dropFirst()), roots: roots, at: now)
        } catch {
            guard case .notGenuine(_, let reason) = error else {
                throw .identityRefused(device: device, reason: error.explanation.what)
            }
            throw .identityRefused(device: device, reason: reason)
        }
        guard let serial = leaf.subjectSerialNumber else {
            throw .identityRefused(device: device, reason: "it names no serial number")
        }
        guard let expected = scanned.fields["serial"], serial == expected else {
            let label = scanned.fields["serial"].map { "the label says \($0)" } ?? "the label has none"
            throw .identityRefused(device: device, reason: "its serial number is \(serial) and \(label)")
        }
        self.leaf = leaf
    }

    /// Whether the device signed with the key of its IDevID, where the link can ask.
    ///
    /// - Throws: `identityRefused` for a certificate without its key: a copy.
    func check(
        _ signed: SignedRequest, nonce: [UInt8]?, announcement: DeviceAnnouncement
    ) throws(HandOverError) -> HandOverRecord.Check {
        guard let nonce else { return .notChecked }
        let request = PayloadHash(digest: Digest.sha256(Base64.decode(signed.request) ?? []))
        let message = ProofMessage.identity(nonce: nonce, name: announcement.name, request: request)
        guard leaf.isSigned(message, by: signed.identitySignature.flatMap { Base64.decode($0) } ?? []) else {
            throw .identityRefused(device: device, reason: "the device cannot sign with its key")
        }
        return .checked
    }

    /// For the record.
    func words(_ check: HandOverRecord.Check) -> String {
        "issued by \(leaf.summary.issuer), fingerprint \(leaf.summary.fingerprint), its key "
            + (check == .checked ? "proven by a signature over a nonce" : "not checked over this link")
    }
}
